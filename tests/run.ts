import { spawnSync } from 'node:child_process'
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
]
const lastGate = ['synth, offline, with cdk-nag', 'cdk', 'synth', '--quiet'] as const

/** Tiers that can run side by side go together; those that start a panel have the machine to themselves. */
const tiers = [['core', 'data', 'infra'], ['simulation'], ['api'], ['e2e']] as const

function main(): Result {
  if (!values.gates) {
    // Better now than after ten minutes.
    findJava()
    findChromium()
  }
  const results: Result[] = gates.map(gate)
  if (!values.gates) for (const tier of tiers) results.push(runTier(tier))
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

function runTier(names: readonly string[]): Result {
  const report = 'dist/vitest.json'
  mkdirSync('dist', { recursive: true })
  rmSync(report, { force: true })
  const projects = names.flatMap((name) => ['--project', name])
  const { status } = spawnSync(
    'vitest',
    ['run', ...projects, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  )
  if (!existsSync(report)) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'))
  // A file that could not be loaded fails without having a test that does; so does a run that ends badly.
  const failed = Math.max(numFailedTests, status === 0 ? 0 : 1, numFailedTestSuites > 0 ? 1 : 0)
  return { passed: numPassedTests, failed }
}

try {
  const { passed, failed } = main()
  console.log(`${passed} passed, ${failed} failed`)
  process.exit(failed === 0 ? 0 : 1)
} catch (error) {
  console.error(error instanceof Unable ? `\n  ${error.message}\n` : error)
  process.exit(1)
}
