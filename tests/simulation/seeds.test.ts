import { expect, test } from 'vitest'
import { transitions } from '../../core/orders/states.ts'
import { simulate } from './simulate.ts'
import { Tally } from './tally.ts'

/** `SEEDS=20000` lives through more worlds, `FROM=5000` through others. */
const seeds = Number(process.env['SEEDS'] ?? 800)
const first = Number(process.env['FROM'] ?? 1)

test(
  'in every world at random, money adds up and no order is sent twice',
  async () => {
    const tally = new Tally()
    const wrong: string[] = []
    const began = performance.now()
    for (let seed = first; seed < first + seeds; seed++) {
      const result = await simulate(seed)
      tally.add(result.tally)
      if (result.wrong.length > 0) wrong.push(`SEED=${seed} npm run simulate\n  ${result.wrong.join('\n  ')}`)
    }
    const seconds = (performance.now() - began) / 1000
    console.log(`${tally.print()}\n${seeds} worlds in ${seconds.toFixed(1)} s: ${(seeds / seconds).toFixed(1)} a second`)
    expect(wrong).toEqual([])
    // A transition that never happens is not tested by any of this.
    for (const name of Object.keys(transitions)) expect(tally.of('transitions').get(name) ?? 0, name).toBeGreaterThan(0)
    expect(tally.of('staff').get('leave')).toBeGreaterThan(0)
  },
  60_000 + seeds * 500,
)

test('a world follows from its seed alone', async () => {
  // The names of people differ from world to world: what an instance remembers of them must not.
  const told = async () => (await simulate(4, true)).trace.map((line) => line.replaceAll(/c4-\d+/g, 'c4'))
  expect(await told()).toEqual(await told())
})
