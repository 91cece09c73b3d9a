import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { providerId } from '../../core/ids.ts'
import type { Health } from '../../core/providers/health.ts'
import type { CallKind } from '../../core/providers/line.ts'
import type { Turn } from '../../core/providers/turns.ts'
import { providerLines, readLines, trustProviders } from '../../data/provider-lines.ts'
import { audit, now } from './people.ts'
import { onEachTable } from './tables.ts'

const aProvider = (atOnce: number, perMinute?: number) => ({ providerId: providerId(randomUUID()), atOnce, perMinute })
type Provider = ReturnType<typeof aProvider>
const after = (seconds: number) => () => new Date(now.getTime() + seconds * 1000)
/** An instance of a function, with a memory of its own. */
const instance = () => {
  const { take } = providerLines.open()
  return (provider: Provider, at = after(0), kind: CallKind = 'add', patienceSeconds = 0) =>
    take(provider, { kind, seconds: 25, calls: 1 }, patienceSeconds, at)
}
const turn = (got: Turn | string): Turn => {
  if (typeof got === 'string') throw new Error(`no turn: ${got}`)
  return got
}
const call = async (provider: Provider, health: Health, at = after(0), kind: CallKind = 'add') =>
  turn(await instance()(provider, at, kind)).end(health)
const lineOf = async ({ providerId }: Provider, at = after(0)) => (await readLines.open().all(at())).get(providerId)

onEachTable(() => {
  test.each([1, 3])(
    'fifty that call at once: never more than %i do, and each has its turn',
    async (atOnce) => {
      const provider = aProvider(atOnce)
      let calling = 0
      let most = 0
      let done = 0
      const caller = async () => {
        // Each an instance of its own, with three orders in its batch.
        const take = instance()
        const order = async () => {
          const mine = turn(await take(provider, () => new Date(), 'add', 300))
          calling++
          most = Math.max(most, calling)
          await sleep(1)
          calling--
          done++
          await mine.end('well')
        }
        await Promise.all([order(), order(), order()])
      }
      await Promise.all(Array.from({ length: 17 }, caller))
      expect(done).toBe(51)
      expect(most).toBeLessThanOrEqual(atOnce)
      expect((await lineOf(provider, () => new Date()))?.holds).toEqual({})
    },
    120_000,
  )

  test('a batch of ten takes its turns with two writes, and what follows soon with none', async () => {
    const provider = aProvider(30)
    const take = instance()
    const batch = async () => {
      const turns = await Promise.all(Array.from({ length: 10 }, () => take(provider, after(0), 'add', 5)))
      for (const one of turns) await turn(one).end('well')
    }
    await batch()
    const before = await lineOf(provider)
    expect(Object.values(before?.holds ?? {})).toEqual([{ seats: 10, until: now.getTime() + 40_000 }])
    await batch()
    expect(await lineOf(provider)).toEqual(before)
  })

  test('the turn of one that is gone comes free when its call must be over, and not before', async () => {
    const provider = aProvider(1)
    await instance()(provider)
    expect(await instance()(provider, after(25))).toBe('busy')
    expect(await instance()(provider, after(39))).toBe('busy')
    await turn(await instance()(provider, after(41))).end('well')
  })

  test('nobody begins a call with a turn that may run out before it is over', async () => {
    const provider = aProvider(30)
    const take = instance()
    await turn(await take(provider)).end('well')
    const mine = Object.values((await lineOf(provider))?.holds ?? {})
    await turn(await take(provider, after(11))).end('well')
    const renewed = Object.values((await lineOf(provider, after(11)))?.holds ?? {})
    expect([mine[0]?.until, renewed[0]?.until]).toEqual([now.getTime() + 40_000, now.getTime() + 51_000])
  })

  test('a provider gets no more calls in a minute than it may have, whoever calls; the next minute is another', async () => {
    const provider = aProvider(50, 20)
    const got = await Promise.all(Array.from({ length: 50 }, () => instance()(provider)))
    const turns = got.filter((one) => typeof one !== 'string')
    expect(turns.length).toBeGreaterThan(0)
    for (const one of turns) await turn(one).end('well')
    let more = 0
    while (typeof (await instance()(provider)) !== 'string') more++
    expect(turns.length + more).toBe(20)
    expect(await instance()(aProvider(50, 20))).not.toBe('busy')
    turn(await instance()(provider, after(60)))
  }, 60_000)

  test('who wrote nothing new of a provider that is well leaves it as it was', async () => {
    const provider = aProvider(10)
    await call(provider, 'well')
    const before = await lineOf(provider)
    const take = instance()
    const mine = turn(await take(provider))
    const held = await lineOf(provider)
    await mine.end('well')
    expect(await lineOf(provider)).toEqual(held)
    expect(before?.adds).toEqual({ since: 0, well: 0, failed: 0 })
  })

  test('after five bad answers to orders it gets none, and still says how orders stand', async () => {
    const provider = aProvider(10)
    for (const how of ['no-answer', 'server-error', 'unreadable', 'unreachable'] as const) await call(provider, how)
    turn(await instance()(provider))
    await call(provider, 'no-answer')
    expect(await lineOf(provider)).toMatchObject({
      failing: { by: 'adds', phase: 'open', since: now.getTime(), nextProbeAt: now.getTime() + 20_000 },
      bad: [{ how: 'no-answer' }, { how: 'server-error' }, { how: 'unreadable' }, { how: 'unreachable' }, { how: 'no-answer' }],
    })
    expect(await instance()(provider)).toBe('failing')
    await turn(await instance()(provider, after(0), 'ask')).end('well')
  })

  test('a good probe lets one order through: it is well again when that is taken, and left alone for longer when it is not', async () => {
    const provider = aProvider(10)
    for (let times = 0; times < 5; times++) await call(provider, 'server-error')
    await call(provider, 'well', after(60), 'probe')
    const trial = turn(await instance()(provider, after(61)))
    expect(await Promise.all(Array.from({ length: 10 }, () => instance()(provider, after(61))))).toEqual(Array(10).fill('failing'))
    await trial.end('no-answer')
    expect(await lineOf(provider)).toMatchObject({ failing: { phase: 'open', probes: 1 } })
    expect(await instance()(provider, after(62))).toBe('failing')
    await call(provider, 'well', after(200), 'probe')
    await call(provider, 'well', after(201))
    expect((await lineOf(provider))?.failing).toBeUndefined()
    turn(await instance()(provider, after(202)))
  })

  test('a trial whose worker is gone makes room for another', async () => {
    const provider = aProvider(10)
    for (let times = 0; times < 5; times++) await call(provider, 'server-error')
    await call(provider, 'well', after(60), 'probe')
    await instance()(provider, after(61))
    expect(await instance()(provider, after(90))).toBe('failing')
    turn(await instance()(provider, after(102)))
  })

  test('one that answers nothing is not even asked, until a probe is answered', async () => {
    const provider = aProvider(10)
    for (let times = 0; times < 5; times++) await call(provider, 'unreachable', after(0), 'ask')
    expect(await instance()(provider, after(1), 'ask')).toBe('failing')
    expect(await instance()(provider, after(1), 'add')).toBe('failing')
    await call(provider, 'unreachable', after(60), 'probe')
    await call(provider, 'well', after(200), 'probe')
    turn(await instance()(provider, after(201), 'ask'))
    turn(await instance()(provider, after(201), 'add'))
  })

  test('staff can say that it is well again, once', async () => {
    const provider = aProvider(10)
    for (let times = 0; times < 5; times++) await call(provider, 'server-error')
    const { trust } = trustProviders.open()
    await trust(provider.providerId, { ...audit, on: `provider ${provider.providerId}` }, now)
    turn(await instance()(provider))
    await expect(trust(provider.providerId, audit, now)).rejects.toMatchObject({ code: 'provider-changed' })
  })

  test('one that says there are too many calls gets none for a while', async () => {
    const provider = aProvider(10)
    await call(provider, 'turned-away')
    expect(await instance()(provider, after(14))).toBe('busy')
    turn(await instance()(provider, after(16)))
  })
})
