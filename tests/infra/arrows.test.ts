import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import * as z from 'zod/mini'

const root = fileURLToPath(new URL('../..', import.meta.url))
const planted = `${root}core/planted`
const folders = ['bin', 'core', 'data', 'functions', 'lib', 'local', 'outside', 'site', 'tests']

const cruise = z.object({
  summary: z.object({ violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string() })) }),
  modules: z.array(z.object({ source: z.string() })),
})

function arrows() {
  const said = execFileSync(
    `${root}node_modules/.bin/depcruise`,
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--no-progress', ...folders],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  )
  return cruise.parse(JSON.parse(said))
}

afterAll(() => rmSync(planted, { recursive: true, force: true }))

// A version of the compiler that it does not know makes dependency-cruiser see no module, and find nothing wrong.
test('who may import whom is kept, of every file there is; and an arrow against the rules is seen', () => {
  mkdirSync(planted, { recursive: true })
  writeFileSync(`${planted}/arrow.ts`, "export { table } from '../../data/table.ts'\n")
  const { modules, summary } = arrows()
  const seen = new Set(modules.map(({ source }) => source))
  const ours = folders.flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => `${folder}/${file}`),
  )
  expect(ours.length).toBeGreaterThan(400)
  expect(ours.filter((file) => !seen.has(file))).toEqual([])
  expect(summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)).toEqual(['core-stands-alone: core/planted/arrow.ts'])
})
