import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { type Acceptance, acceptance, cpuOfAdd } from './acceptance.ts'
import { type CatalogueCost, catalogueCosts } from './catalogue.ts'
import { type Cost, costs } from './costs.ts'
import { type FloodTenth, flood } from './flood.ts'
import { type FunctionSize, functionSizes } from './functions.ts'
import { type ImportRun, importRuns } from './import.ts'
import { oneWallet } from './one-wallet.ts'
import { type Line, perMillion, storagePerMillion } from './per-million.ts'
import { type PollingRound, pollingRounds, readUnitsOfAPoll } from './polling.ts'
import { pricesOf } from './prices.ts'

/** `npm run bench`: prints tables, and the same as JSON in dist/bench.json. Ratios are what to look at; a machine is a machine. */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, only: { type: 'string' }, lines: { type: 'string', default: '1000000' } },
})
const seconds = Number(values.seconds)
const wanted = (part: string): boolean => values.only === undefined || values.only.split(',').includes(part)

const round = (number: number, digits = 1): number => Number(number.toFixed(digits))
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
const results: Record<string, unknown> = { machine, at: new Date().toISOString() }
console.log(`\n  ${machine}\n`)

if (wanted('costs')) {
  const { endpoints, life } = await costs()
  results['endpoints'] = endpoints
  results['life'] = life
  title('What a warm call costs: calls of the table, units, calls of anything else')
  console.table(Object.fromEntries(endpoints.map(costRow)))
  title('An order’s life after it was accepted, a Default order')
  console.table(Object.fromEntries(life.map(costRow)))
  const add = endpoints.find(({ name }) => name === '/api/v2 add')
  const units = [...(add ? [add] : []), ...life].reduce((sum, step) => sum + step.writeUnits + step.indexUnits, 0)
  results['lifeWriteUnits'] = units
  console.log(`  Write units of a whole life, indexes included: ${units}  (budget 14)\n`)
  if (add) {
    const lines = perMillion(add, life, await readUnitsOfAPoll())
    const total = (of: (line: Line) => number): number => lines.reduce((sum, line) => sum + of(line), 0)
    const [dollars, floor] = [total((line) => line.dollars), total((line) => line.floor)]
    const storage = storagePerMillion()
    results['perMillion'] = { pricesOf, lines, dollars, floor, storage }
    title(`A million Default orders, dollars, at the prices of ${pricesOf}; beside it what could not be less`)
    console.table(Object.fromEntries(lines.map(dollarsRow)))
    console.log(
      `  Together $${dollars.toFixed(2)}  (budget $16), floor $${floor.toFixed(2)}; storage $${storage.toFixed(2)} a month\n`,
    )
  }
}
if (wanted('polling')) {
  const rounds = await pollingRounds()
  results['polling'] = rounds
  title('A round over 10,000 open orders  (budget: 100 calls, and one for each provider)')
  console.table(Object.fromEntries(rounds.map(pollingRow)))
}
if (wanted('wallet')) {
  const wallet = await oneWallet()
  results['wallet'] = wallet
  title(
    'One wallet, 25 orders a second for 60 s, with conflicts  (budget: none lost, none refused, 3 tries at the 99th percentile)',
  )
  console.table({ wallet: { ...wallet, booksWrong: wallet.booksWrong.join('; ') || 'nothing' } })
}
if (wanted('catalogue')) {
  const catalogue = await catalogueCosts()
  results['catalogue'] = catalogue
  title('8,000 services: round trips of a warm call, CPU of one, size of the answer  (budget 3 and 20 ms)')
  console.table(Object.fromEntries(catalogue.map(catalogueRow)))
}
if (wanted('import')) {
  const runs = await importRuns()
  results['import'] = runs
  title('A provider’s 8,000 services taken over, on the whole panel  (budget 60 s, and memory that does not grow with it)')
  console.table(Object.fromEntries(runs.map(importRow)))
}
if (wanted('functions')) {
  const sizes = await functionSizes()
  results['functions'] = sizes
  title('Every function: its bundle, and how long a fresh process takes to load it')
  console.table(Object.fromEntries(sizes.map(sizeRow)))
}
if (wanted('cpu')) {
  const cpu = await cpuOfAdd(seconds)
  results['cpuOfAdd'] = cpu
  title('CPU of one add, warm, milliseconds: function, SDK and gateway; and the emulators beside it')
  console.table({
    add: {
      'ours (budget 3)': round(cpu.ownMilliseconds, 2),
      emulators: round(cpu.emulatorsMilliseconds, 2),
      'a second': round(cpu.perSecond),
    },
  })
}
if (wanted('acceptance')) {
  const rounds = await acceptance(seconds)
  const rateAt = (latency: number): number =>
    rounds.filter((one) => one.providerMilliseconds === latency).reduce((sum, one) => sum + one.perSecond, 0)
  const ratio = rateAt(300) / rateAt(0)
  Object.assign(results, { acceptance: rounds, acceptanceRatio: ratio })
  title(`Orders accepted through /api/v2, ${seconds / 2} s a round, 16 at a time, with everything running`)
  console.table(rounds.map(acceptanceRow))
  console.log(`  With the provider at 300 ms, acceptance is ${round(ratio, 2)} of what it is at 0 ms  (budget 0.95)\n`)
}
// Minutes long, and of nothing that an order touches: only when it is asked for.
if (values.only !== undefined && wanted('flood')) {
  const { rows, ...whole } = await flood(Number(values.lines))
  results['flood'] = { ...whole, rows }
  title(`A flood in the access log, ${whole.lines} lines in ${whole.files} files, worked off by its worker into DynamoDB Local`)
  console.table({
    flood: {
      parts: whole.parts,
      seconds: round(whole.seconds),
      [`longest part (of ${whole.timeoutSeconds} s)`]: round(whole.longestPartSeconds),
      'entries kept': whole.entries,
      'units of entries': whole.writeUnitsOfEntries,
      'units of counts': whole.writeUnitsOfCounts,
      'our CPU s': round(whole.ownCpuSeconds),
      'MB at most': Math.round(whole.megabytesAtMost),
    },
  })
  title('Of each 10,000 lines, as it goes on')
  console.table(rows.map(floodRow))
}
mkdirSync('dist', { recursive: true })
writeFileSync('dist/bench.json', `${JSON.stringify(results, undefined, 2)}\n`)
console.log('  The same as JSON: dist/bench.json\n')
process.exit(0)

function title(text: string): void {
  console.log(`\n  ${text}`)
}

function dollarsRow({ what, how, dollars, floor }: Line): [string, object] {
  return [what, { how, dollars: round(dollars, 2), floor: round(floor, 2) }]
}

function pollingRow(one: PollingRound): [string, object] {
  return [
    one.name,
    {
      calls: one.calls,
      'read units': round(one.readUnits),
      'write units': one.writeUnits,
      'on indexes': one.indexUnits,
      seconds: round(one.seconds),
    },
  ]
}

function costRow(cost: Cost): [string, object] {
  return [
    cost.name,
    {
      reads: cost.readCalls,
      writes: cost.writeCalls,
      'read units': cost.readUnits,
      'write units': cost.writeUnits,
      'on indexes': cost.indexUnits,
      shared: cost.sharedUnits,
      others: cost.otherCalls,
      answer: cost.outcome,
    },
  ]
}

function catalogueRow(cost: CatalogueCost): [string, object] {
  return [cost.name, { 'round trips': cost.roundTrips, 'CPU ms': round(cost.cpuMilliseconds, 2), KB: Math.round(cost.kilobytes) }]
}

function importRow(run: ImportRun): [string, object] {
  return [
    run.name,
    {
      services: run.services,
      seconds: round(run.seconds),
      'MB before': Math.round(run.megabytesBefore),
      'MB at most': Math.round(run.megabytesAtMost),
    },
  ]
}

function sizeRow(size: FunctionSize): [string, object] {
  return [
    size.name,
    {
      KB: Math.round(size.kilobytes),
      'of at most': Math.round(size.budgetKilobytes),
      'import ms': round(size.importMilliseconds),
      'to its clients (1.3)': round(size.toItsClients, 2),
    },
  ]
}

function floodRow({ lines, secondsPer10000, unitsPer10000, ownCpuPer10000 }: FloodTenth): object {
  return {
    lines,
    seconds: round(secondsPer10000, 2),
    'write units': Math.round(unitsPer10000),
    'our CPU s': round(ownCpuPer10000, 2),
  }
}

function acceptanceRow(one: Acceptance): object {
  return {
    'provider ms': one.providerMilliseconds,
    'a second': round(one.perSecond),
    accepted: one.accepted,
    refused: one.refused,
    p50: round(one.p50Milliseconds),
    p99: round(one.p99Milliseconds),
    'at the provider': one.atProviderAfter60,
    'the last after s': round(one.lastAtProviderSeconds),
    'our CPU ms': round(one.ownCpuMilliseconds, 2),
    'emulators’ CPU ms': round(one.emulatorsCpuMilliseconds, 2),
  }
}
