import { simulate } from './simulate.ts'
import { Tally } from './tally.ts'
import { Dead } from './world.ts'

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? undefined : process.argv[at + 1]
}
const one = process.env['SEED']
const first = Number(one ?? option('from') ?? 1)
const seeds = one === undefined ? Number(option('seeds') ?? 1_000) : 1
const tally = new Tally()
// What a frozen instance still awaits is never answered; nobody hears its last words.
process.on('unhandledRejection', (error) => {
  if (!(error instanceof Dead)) throw error
})
const began = performance.now()
const most = Number(option('failures') ?? 5)
let failed = 0
for (let seed = first; seed < first + seeds && failed < most; seed++) {
  const { wrong, tally: counted, trace } = await simulate(seed, one !== undefined)
  tally.add(counted)
  if (one !== undefined) console.log(trace.join('\n'))
  if (wrong.length === 0) continue
  failed++
  console.log(`seed ${seed}:\n  ${wrong.join('\n  ')}\n  again: SEED=${seed} npm run simulate`)
}
const secondsTaken = (performance.now() - began) / 1000
if (!process.argv.includes('--brief')) console.log(tally.print())
console.log(`${seeds} seeds in ${secondsTaken.toFixed(1)} s: ${(seeds / secondsTaken).toFixed(1)} a second; ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
