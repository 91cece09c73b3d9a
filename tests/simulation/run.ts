import { simulate } from './simulate.ts'
import { Tally } from './tally.ts'

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at === -1 ? undefined : process.argv[at + 1]
}
const one = process.env['SEED']
const first = Number(one ?? option('from') ?? 1)
const seeds = one === undefined ? Number(option('seeds') ?? 1_000) : 1
const tally = new Tally()
const began = performance.now()
let failed = 0
for (let seed = first; seed < first + seeds && failed < 5; seed++) {
  const { wrong, tally: counted, trace } = await simulate(seed, one !== undefined)
  tally.add(counted)
  if (one !== undefined) console.log(trace.join('\n'))
  if (wrong.length === 0) continue
  failed++
  console.log(`seed ${seed}:\n  ${wrong.join('\n  ')}\n  again: SEED=${seed} npm run simulate`)
}
const secondsTaken = (performance.now() - began) / 1000
console.log(tally.print())
console.log(`${seeds} seeds in ${secondsTaken.toFixed(1)} s: ${(seeds / secondsTaken).toFixed(1)} a second; ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
