import { parseArgs } from 'node:util'
import type { Fate } from './faults.ts'
import { sail, seedsFrom } from './fleet.ts'
import { enough, meetings, neverMet } from './meetings.ts'
import type { Result } from './simulate.ts'

/**
 * `npm run simulate -- --seeds N [--from N]` lives through worlds on every core. `SEED=7 npm run simulate` lives through one
 * again and tells everything that happens in it; `POINT='completed,partial:12:crash after'` the same for a crash point.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    failures: { type: 'string', default: '5' },
    threads: { type: 'string' },
    brief: { type: 'boolean', default: false },
  },
})

async function main(): Promise<boolean> {
  const { SEED, POINT } = process.env
  // Loaded where they are needed: the threads of a fleet load them for themselves.
  if (SEED !== undefined) return told(await (await import('./simulate.ts')).simulate(Number(SEED), true))
  if (POINT !== undefined) {
    const [names = '', at, fate] = POINT.split(':')
    return told(await (await import('./scripted.ts')).stumble(names.split(','), Number(at), fate as Fate, true))
  }
  const failures = Number(values.failures)
  const { worlds, wrong, tally, seconds } = await sail(seedsFrom(Number(values.from), Number(values.seeds), failures), {
    failures,
    heard: ({ wrong }) => wrong.forEach((one) => void console.log(one)),
    ...(values.threads === undefined ? {} : { threads: Number(values.threads) }),
  })
  if (!values.brief) console.log(`${tally.print()}\n${meetings(tally)}`)
  console.log(`${worlds} worlds in ${seconds.toFixed(1)} s: ${(worlds / seconds).toFixed(1)} a second; ${wrong.length} failed`)
  // Fewer worlds do not meet everything.
  const missed = worlds < enough ? [] : neverMet(tally)
  for (const one of missed) console.log(one)
  return wrong.length === 0 && missed.length === 0
}

function told({ wrong, trace }: Result): boolean {
  console.log([...trace, ...wrong].join('\n'))
  return wrong.length === 0
}

// What a frozen instance still awaits is never answered; nobody hears its last words.
process.on('unhandledRejection', (error) => {
  if (!(error instanceof Error && error.constructor.name === 'Dead')) throw error
})
process.exitCode = (await main()) ? 0 : 1
