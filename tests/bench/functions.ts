import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundleSizes } from '../../lib/bundle/budgets.ts'
import { bundle, bundling, codeFolder } from '../../lib/bundle.ts'
import { definitions, plainName } from '../../lib/definitions.ts'

export interface FunctionSize {
  readonly name: string
  readonly kilobytes: number
  readonly budgetKilobytes: number
  /** The best of several fresh processes. */
  readonly importMilliseconds: number
  /** Import time in relation to that of the SDK clients in it, bundled alone in the same way. */
  readonly toItsClients: number
}

/** Fresh processes a figure is the best of. */
const times = 7

/** Every function's bundle: its size, and how long a fresh process takes to load it. */
export async function functionSizes(): Promise<FunctionSize[]> {
  const metafile = await bundle()
  const sizes = new Map(bundleSizes(metafile).map((size) => [size.name, size]))
  const clientBundles = new Map<string, string>()
  const folder = mkdtempSync(join(tmpdir(), 'bench-clients-'))
  const rows: FunctionSize[] = []
  for (const definition of definitions) {
    const name = plainName(definition)
    const size = sizes.get(name)
    const output = Object.entries(metafile.outputs).find(([path]) => path.includes(`/${name}/`))?.[1]
    const clients = clientsOf(Object.keys(output?.inputs ?? {}))
    const key = clients.join(' ')
    const clientsAlone = clientBundles.get(key) ?? (await bundleOf(clients, folder))
    clientBundles.set(key, clientsAlone)
    const [importMilliseconds, alone] = importTimes(join(codeFolder(definition), 'index.mjs'), clientsAlone)
    rows.push({
      name: definition.name,
      kilobytes: (size?.bytes ?? 0) / 1024,
      budgetKilobytes: (size?.budget ?? 0) / 1024,
      importMilliseconds,
      toItsClients: importMilliseconds / alone,
    })
  }
  rmSync(folder, { recursive: true })
  return rows
}

/** The SDK's clients among what a bundle is made of. */
function clientsOf(inputs: readonly string[]): string[] {
  const found = inputs.flatMap((path) => /node_modules\/(@aws-sdk\/(?:client-[\w-]+|lib-dynamodb))\//.exec(path)?.[1] ?? [])
  return [...new Set(found)].toSorted()
}

async function bundleOf(clients: readonly string[], folder: string): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const outfile = join(folder, `${clients.length}-${Math.random()}.mjs`)
  const entry = join(root, 'dist', 'bench-clients.mjs')
  // Of each client only what the panel's own code takes from it, as in the functions themselves.
  writeFileSync(entry, clients.map((client) => `export { ${namesTakenFrom(client).join(', ')} } from '${client}'`).join('\n'))
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    ...bundling,
    logLevel: 'error',
  })
  rmSync(entry)
  return outfile
}

/** What data and outside import from a package, types left out. */
function namesTakenFrom(client: string): string[] {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const sources = ['data', 'outside'].flatMap((folder) =>
    globSync(join(root, folder, '**', '*.ts')).map((file) => readFileSync(file, 'utf8')),
  )
  const imports = sources.flatMap((source) =>
    [...source.matchAll(new RegExp(`import \\{([^}]+)\\} from '${client}'`, 'g'))].map(([, names = '']) => names),
  )
  const names = imports
    .flatMap((list) => list.split(',').map((name) => name.trim()))
    .filter((name) => name !== '' && !name.startsWith('type '))
  return [...new Set(names)].toSorted()
}

/** The best of several fresh processes each, in milliseconds; taken in turns, so that a busy minute hits both. */
function importTimes(one: string, other: string): readonly [number, number] {
  const taken = Array.from({ length: times }, () => [importTime(one), importTime(other)] as const)
  return [Math.min(...taken.map(([first]) => first)), Math.min(...taken.map(([, second]) => second))]
}

function importTime(file: string): number {
  const script = `const began = performance.now(); await import(${JSON.stringify(file)}); process.stdout.write(String(performance.now() - began)); process.exit()`
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { env: {} }))
}
