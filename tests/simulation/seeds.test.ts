import { expect, test } from 'vitest'
import { transitions } from '../../core/orders/states.ts'
import { sail, seedsFrom } from './fleet.ts'
import { enough, meetings, neverMet } from './meetings.ts'
import { simulate } from './simulate.ts'

/** `npm run simulate -- --seeds N` lives through more worlds, `FROM=50000` through others. */
const seeds = Number(process.env['SEEDS'] ?? enough)
const first = Number(process.env['FROM'] ?? 1)

test(
  'in every world at random, money adds up and no order is sent twice',
  async () => {
    const { worlds, wrong, tally, seconds } = await sail(seedsFrom(first, seeds), { failures: 5 })
    console.log(
      `${tally.print()}\n${meetings(tally)}\n${worlds} worlds in ${seconds.toFixed(1)} s: ${(worlds / seconds).toFixed(1)} a second`,
    )
    expect(wrong).toEqual([])
    // Fewer worlds do not meet everything.
    expect(worlds < enough ? [] : neverMet(tally)).toEqual([])
    // A transition that never happens is not tested by any of this.
    for (const name of Object.keys(transitions)) expect(tally.of('transitions').get(name) ?? 0, name).toBeGreaterThan(0)
    // Nor is a provider that is never found failing, or never well again.
    for (const turn of [
      'well → adds open',
      'adds open → adds trying',
      'adds trying → well',
      'adds trying → adds open',
      'asks open → well',
    ])
      expect(tally.of('lines').get(turn) ?? 0, turn).toBeGreaterThan(0)
    expect(tally.of('reasons').get('provider-failing') ?? 0).toBeGreaterThan(0)
    expect(tally.of('calls at once').get('as many as it may have') ?? 0).toBeGreaterThan(0)
    for (const how of ['leave', 'classify', 'send on by its words']) expect(tally.of('staff').get(how) ?? 0, how).toBeGreaterThan(0)
  },
  60_000 + seeds * 200,
)

test('a world follows from its seed alone', async () => {
  // The names of people differ from world to world: what an instance remembers of them must not.
  const told = async () => (await simulate(4, true)).trace.map((line) => line.replaceAll(/c4-\d+/g, 'c4'))
  expect(await told()).toEqual(await told())
})
