import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { build, type Plugin } from 'esbuild'
import type { Bug } from './list.ts'

/** Below the product, so that its packages are found. */
const folder = 'dist/bugs'

/** Runs the simulation on the product with this bug in it. Answers whether it was seen, and what was said. */
export async function withBug({ edits }: Bug, seeds: number): Promise<{ readonly seen: boolean; readonly said: string }> {
  await mkdir(folder, { recursive: true })
  const outdir = await mkdtemp(join(folder, 'bug-'))
  try {
    const edited = new Set<string>()
    await build({
      entryPoints: ['tests/simulation/run.ts', 'tests/simulation/lives.ts'],
      bundle: true,
      splitting: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      outdir,
      outExtension: { '.js': '.mjs' },
      logLevel: 'silent',
      plugins: [planting(edits, edited)],
    })
    for (const { file } of edits) if (!edited.has(file)) throw new Error(`${file} is no part of what is simulated`)
    return await simulated(join(outdir, 'run.mjs'), seeds)
  } finally {
    await rm(outdir, { recursive: true })
  }
}

const planting = (edits: Bug['edits'], edited: Set<string>): Plugin => ({
  name: 'bug',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const file = relative('.', path)
      const here = edits.filter((edit) => edit.file === file)
      if (here.length === 0) return undefined
      edited.add(file)
      let contents = await readFile(path, 'utf8')
      for (const { find, replace } of here) {
        const times = contents.split(find).length - 1
        if (times !== 1) throw new Error(`“${find}” stands ${times} times in ${file}`)
        contents = contents.replace(find, () => replace)
      }
      return { contents, loader: 'ts' }
    })
  },
})

function simulated(run: string, seeds: number): Promise<{ readonly seen: boolean; readonly said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [run, '--seeds', String(seeds), '--failures', '1', '--threads', '1', '--brief'], {
      // Its packages are compiled once for all bugs.
      env: { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: join(folder, 'compiled') },
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString()
      })
    child.on('error', reject)
    // Only a verdict counts: what does not even run has seen nothing.
    child.on('close', (code) => resolve({ seen: code === 1 && /^seed \d+:/m.test(said), said }))
  })
}
