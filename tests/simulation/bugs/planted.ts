import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bug } from './list.ts'

/** Runs the simulation on a copy of the product with this bug in it. Answers whether it was seen, and what was said. */
export async function withBug({ edits }: Bug, seeds: number): Promise<{ readonly seen: boolean; readonly said: string }> {
  const copy = await mkdtemp(join(tmpdir(), 'panel-bug-'))
  try {
    for (const part of ['core', 'data', 'functions', 'outside', 'tests/simulation', 'package.json'])
      await cp(part, join(copy, part), { recursive: true })
    await symlink(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'))
    for (const { file, find, replace } of edits) {
      const text = await readFile(join(copy, file), 'utf8')
      if (text.split(find).length !== 2) throw new Error(`“${find}” stands ${text.split(find).length - 1} times in ${file}`)
      await writeFile(
        join(copy, file),
        text.replace(find, () => replace),
      )
    }
    return await simulated(copy, seeds)
  } finally {
    await rm(copy, { recursive: true })
  }
}

function simulated(folder: string, seeds: number): Promise<{ readonly seen: boolean; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['tests/simulation/run.ts', '--seeds', String(seeds), '--failures', '1', '--threads', '1', '--brief'],
      {
        cwd: folder,
        env: { PATH: process.env['PATH'] ?? '' },
      },
    )
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
    child.on('error', reject)
    // Only a verdict counts: a copy that does not even run has seen nothing.
    child.on('close', (code) => resolve({ seen: code === 1 && /^seed \d+:/m.test(said), said }))
  })
}
