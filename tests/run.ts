import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { findJava } from '../local/database.ts'
import { Unable } from '../local/unable.ts'
import { findChromium } from './fixtures/chromium.ts'

/**
 * `npm test`: the gates, every tier of tests, then one line that sums it up. `npm run check` (--gates) runs the gates alone.
 * Each gate counts as one test.
 */
const { values } = parseArgs({ options: { gates: { type: 'boolean', default: false } } })

interface Result {
  readonly passed: number
  readonly failed: number
}

/** Gates that leave what other gates and tests stand on. */
const builds: readonly Gate[] = [
  ['bundles within their budgets', 'node', 'lib/build.ts'],
  ['site and console build', 'node', 'local/build-sites.ts'],
]
const checks: readonly Gate[] = [
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['lint and format', 'biome', 'check', '--error-on-warnings', '.'],
  [
    'who may import whom',
    'depcruise',
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'err',
    'bin',
    'core',
    'data',
    'functions',
    'lib',
    'local',
    'outside',
    'site',
    'tests',
  ],
  ['nothing unused', 'knip'],
  ['synth, offline, with cdk-nag', 'cdk', 'synth', '--quiet'],
]
type Gate = readonly [name: string, command: string, ...args: string[]]

/** What runs in one process: tiers, or a share of one. */
interface Run {
  readonly tiers: readonly string[]
  readonly share?: `${number}/${number}`
  /** Of its files those whose path holds this. */
  readonly files?: string
}
/** They wait about as much as they work, each share for a panel of its own: as many at a time as there are cores, so that none waits for long. */
const waiting: readonly Run[] = [
  // Two browsers at a time are enough.
  { tiers: ['e2e'], share: '1/3' },
  { tiers: ['api'], share: '1/3' },
  { tiers: ['machine'] },
  { tiers: ['e2e'], share: '2/3' },
  { tiers: ['api'], share: '2/3' },
  { tiers: ['e2e'], share: '3/3' },
  { tiers: ['api'], share: '3/3' },
  { tiers: ['core', 'infra', 'data'] },
]
/** They work on every core, never wait, and say how long they took: nothing runs beside them. */
const alone: readonly Run[] = [
  { tiers: ['simulation'], files: 'seeds' },
  { tiers: ['simulation'], files: 'crash-points' },
]
/** They never wait either, and take what the others leave of the machine. */
const working: readonly Run[] = [
  { tiers: ['simulation'], files: 'bugs' },
  { tiers: ['simulation'], files: 'scale' },
]

async function main(): Promise<Result> {
  if (values.gates) return sumOf([...(await inLanes(2, builds, gate)), ...(await inLanes(2, checks, gate))])
  // Better now than after ten minutes.
  findJava()
  findChromium()
  const built = await inLanes(2, builds, gate)
  const first = await inLanes(1, alone, (run) => runTests(run))
  console.log(`… ${[...waiting, ...working].map(nameOf).join(', ')}: what they print comes when each has ended`)
  const beside = async (): Promise<Result[]> => [
    ...(await inLanes(1, checks, (check) => gate(check, modestly))),
    ...(await inLanes(1, working, (run) => runTests(run, modestly))),
  ]
  const tested = await Promise.all([inLanes(Math.min(availableParallelism(), 4), waiting, (run) => runTests(run)), beside()])
  return sumOf([...built, ...first, ...tested.flat()])
}

const sumOf = (results: readonly Result[]): Result => ({
  passed: results.reduce((sum, { passed }) => sum + passed, 0),
  failed: results.reduce((sum, { failed }) => sum + failed, 0),
})

/** In their order, so many at a time. */
async function inLanes<T>(lanes: number, jobs: readonly T[], run: (job: T) => Promise<Result>): Promise<Result[]> {
  const left = [...jobs]
  const results: Result[] = []
  const lane = async (): Promise<void> => {
    for (let job = left.shift(); job; job = left.shift()) results.push(await run(job))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}

async function gate([name, ...command]: Gate, start: Start = plainly): Promise<Result> {
  const { status, said, seconds } = await ended(start(command))
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds.toFixed(1)} s)`)
  if (status !== 0) console.log(said)
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

const nameOf = ({ tiers, share, files }: Run): string =>
  [tiers.join('-'), ...(files ? [files] : []), ...(share ? [share.replace('/', '-of-')] : [])].join('-')

async function runTests(run: Run, start: Start = plainly): Promise<Result> {
  const { tiers, share, files } = run
  const name = nameOf(run)
  const report = `dist/vitest-${name}.json`
  mkdirSync('dist', { recursive: true })
  rmSync(report, { force: true })
  const { status, said, seconds } = await ended(
    start([
      'vitest',
      'run',
      ...tiers.flatMap((tier) => ['--project', tier]),
      ...(share ? [`--shard=${share}`] : []),
      ...(files ? [`tests/${tiers.join()}/${files}`] : []),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]),
  )
  console.log(`${said}${status === 0 ? '✓' : '✗'} ${name} (${seconds.toFixed(0)} s)`)
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'))
  // A file that could not be loaded fails without having a test that does; so does a run that ends badly.
  const failed = Math.max(numFailedTests, status === 0 ? 0 : 1, numFailedTestSuites > 0 ? 1 : 0)
  return { passed: numPassedTests, failed }
}

/** How a program is started. */
type Start = (command: readonly string[]) => ChildProcess
const plainly: Start = ([program = '', ...args]) => spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
/** After whatever waits for an answer. */
const modestly: Start = (command) => plainly(['nice', '-n', '5', ...command])

/** What it said comes when it has ended, so that several side by side can be read. */
async function ended(child: ChildProcess): Promise<{ status: number | null; said: string; seconds: number }> {
  const began = performance.now()
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => said.push(part))
  const status = await once(child, 'close').then(
    ([code]: (number | null)[]) => code ?? null,
    // It could not even be started.
    (error) => {
      said.push(Buffer.from(`${String(error)}\n`))
      return null
    },
  )
  return { status, said: Buffer.concat(said).toString(), seconds: (performance.now() - began) / 1000 }
}

try {
  const { passed, failed } = await main()
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
} catch (error) {
  console.error(error instanceof Unable ? `\n  ${error.message}\n` : error)
  process.exit(1)
}
