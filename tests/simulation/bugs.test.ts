import { describe, expect, test } from 'vitest'
import { bugs } from './bugs/list.ts'
import { withBug } from './bugs/planted.ts'

/** Within so many seeds a bug must be seen; the run ends with the first that sees it. */
const seeds = Number(process.env['BUG_SEEDS'] ?? 3_000)

describe.concurrent('the simulation sees it when', () => {
  test.each(bugs.map((bug) => [bug.name, bug] as const))('%s', async (_, bug) => {
    const { seen, said } = await withBug(bug, seeds)
    expect(seen, said).toBe(true)
  })
})
