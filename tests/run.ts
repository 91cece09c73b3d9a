import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findJava } from '../local/database.ts'
import { Unable } from '../local/unable.ts'
import { findChromium } from './fixtures/chromium.ts'

/**
 * `npm test`: the gates, then every tier of tests, then one line that sums it up. `npm run check` (--gates) runs the
 * gates alone. Each gate counts as one test.
 */
const { values } = parseArgs({ options: { gates: { type: 'boolean', default: false } } })

interface Result {
  readonly passed: number
  readonly failed: number
}

const gates: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
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
  ['bundles within their budgets', 'node', 'lib/build.ts'],
  ['site and console build', 'node', 'local/build-sites.ts'],
]
const lastGate = ['synth, offline, with cdk-nag', 'cdk', 'synth', '--quiet'] as const

/** What runs in one process: tiers, or a share of one. */
interface Run {
  readonly tiers: readonly string[]
  readonly share?: `${number}/${number}`
}
/**
 * One row after the other, the lanes of a row side by side, what stands in a lane one after the other. Tests of a whole panel
 * wait more than they work: shares of them, each with a panel of its own, keep two cores busy.
 */
const rows: readonly (readonly (readonly Run[])[])[] = [
  // A panel that is killed and started again mostly waits.
  [[{ tiers: ['core', 'infra', 'data'] }, { tiers: ['simulation'] }], [{ tiers: ['machine'] }]],
  [[{ tiers: ['api'], share: '1/3' }], [{ tiers: ['api'], share: '2/3' }], [{ tiers: ['api'], share: '3/3' }]],
  [[{ tiers: ['e2e'], share: '1/2' }], [{ tiers: ['e2e'], share: '2/2' }]],
]

async function main(): Promise<Result> {
  if (!values.gates) {
    // Better now than after ten minutes.
    findJava()
    findChromium()
  }
  const results: Result[] = gates.map(gate)
  if (!values.gates) for (const row of rows) results.push(...(await runRow(row)))
  results.push(gate(lastGate))
  return results.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  })
}

function gate([name, command, ...args]: readonly [name: string, command: string, ...args: string[]]): Result {
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`)
  if (status !== 0) console.log(`${stdout}${stderr}`)
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function runRow(row: readonly (readonly Run[])[]): Promise<Result[]> {
  console.log(
    `… ${row.map((lane) => lane.map(nameOf).join(', then ')).join('; beside it ')}: what they print comes when each has ended`,
  )
  return (await Promise.all(row.map(runLane))).flat()
}

async function runLane(lane: readonly Run[]): Promise<Result[]> {
  const results: Result[] = []
  for (const run of lane) results.push(await runTests(run))
  return results
}

const nameOf = ({ tiers, share }: Run): string => [tiers.join('-'), ...(share ? [share.replace('/', '-of-')] : [])].join('-')

async function runTests(run: Run): Promise<Result> {
  const { tiers, share } = run
  const name = nameOf(run)
  const report = `dist/vitest-${name}.json`
  mkdirSync('dist', { recursive: true })
  rmSync(report, { force: true })
  const began = performance.now()
  const status = await vitest([
    'run',
    ...tiers.flatMap((tier) => ['--project', tier]),
    ...(share ? [`--shard=${share}`] : []),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${((performance.now() - began) / 1000).toFixed(0)} s)`)
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'))
  // A file that could not be loaded fails without having a test that does; so does a run that ends badly.
  const failed = Math.max(numFailedTests, status === 0 ? 0 : 1, numFailedTestSuites > 0 ? 1 : 0)
  return { passed: numPassedTests, failed }
}

/** What it prints comes when it has ended, so that two side by side can be read. */
function vitest(args: readonly string[]): Promise<number | null> {
  const child = spawn('vitest', args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part))
  return new Promise((ended) => {
    child.once('close', (status) => {
      process.stdout.write(Buffer.concat(said))
      ended(status)
    })
  })
}

try {
  const { passed, failed } = await main()
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
} catch (error) {
  console.error(error instanceof Unable ? `\n  ${error.message}\n` : error)
  process.exit(1)
}
