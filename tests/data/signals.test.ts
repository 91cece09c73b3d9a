import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { customerId, keyId } from '../../core/ids.ts'
import { dayOf, iso, later } from '../../core/time.ts'
import { noteKeyUse, readKeyUse } from '../../data/key-use.ts'
import { mostBadKeys, noteSignals } from '../../data/note-signals.ts'
import { markSignals, readSignals } from '../../data/read-signals.ts'
import { table, useTable } from '../../data/table.ts'
import { all, now, outcomes, staff } from './people.ts'
import { onEachTable } from './tables.ts'

const bad = { opens: false } as const
/** Every test has a day of its own: nothing of another's is counted in. */
let day = now
beforeEach(() => {
  day = later(day, 86_400)
})

/** As many function instances, each with a memory of its own. */
const instances = (count: number) => Array.from({ length: count }, () => noteSignals.open())
type Instance = ReturnType<typeof noteSignals.open>
const audit = { by: staff, action: 'admin.mark-signal', on: 'a signal', why: 'looked into it' }
const signals = async (of = day) => (await readSignals.open().ofDay(dayOf(of), of)).signals
const sums = async (of = day) =>
  Object.fromEntries((await readSignals.open().ofDay(dayOf(of), of)).sums.map(({ kind, times }) => [kind, times]))

/** Runs and counts what was written on the way. */
async function writes(run: () => Promise<unknown>): Promise<number> {
  const { db, name } = table()
  let count = 0
  const send = (command: { constructor: { name: string } }) => {
    if (command.constructor.name === 'UpdateCommand') count++
    return db.send(command as Parameters<typeof db.send>[0])
  }
  useTable({ db: { send } as typeof db, name })
  try {
    await run()
  } finally {
    useTable({ db, name })
  }
  return count
}

onEachTable(() => {
  describe('wrong keys', () => {
    test('that come in a flood are counted by network, never too high and to within an eighth, and written a few times', async () => {
      const address = `2001:db8:${Math.floor(Math.random() * 65_535).toString(16)}:1::7`
      // An instance has one request at a time; there are eight of them.
      const heard: Record<string, number> = {}
      const come = async (one: Instance): Promise<void> => {
        for (let time = 0; time < 500; time++)
          await one.badKey(bad, address, day).catch(({ code }) => {
            heard[code] = (heard[code] ?? 0) + 1
          })
      }
      const written = await writes(() => Promise.all(instances(8).map(come)))
      expect((heard['key-invalid'] ?? 0) + (heard['too-many-requests'] ?? 0)).toBe(4_000)
      expect(heard['too-many-requests']).toBeGreaterThan(2_000)
      expect(written).toBeLessThan(8 * 2 * 45)
      const [signal, ...others] = await signals()
      expect(others).toEqual([])
      expect(signal?.times).toBeLessThanOrEqual(4_000)
      expect(signal?.times).toBeGreaterThanOrEqual((4_000 * 8) / 9)
      expect(signal).toMatchObject({ kind: 'bad-keys', firstAt: day, lastAt: day })
      expect(signal?.hours.reduce((sum, hour) => sum + hour)).toBe(signal?.times)
      expect((await sums())['bad-keys']).toBe(signal?.times)
    }, 60_000)

    test('are stored under nothing that tells whose network it is, and expire after 30 days', async () => {
      const address = '198.51.100.23'
      const one = noteSignals.open()
      await outcomes(Array.from({ length: 40 }, () => one.badKey(bad, address, day)))
      const items = await all(`SIGNAL#${dayOf(day)}`)
      expect(items.length).toBeGreaterThan(1)
      expect(JSON.stringify(items)).not.toContain('198.51')
      for (const { expiresAt } of items) expect(expiresAt).toBe(Math.floor(later(day, 30 * 86_400).getTime() / 1000))
    })

    test('of one who mistypes are wrong and no more: nobody is shown it, and the next hour begins anew', async () => {
      const one = noteSignals.open()
      const come = (times: number, at = day) => outcomes(Array.from({ length: times }, () => one.badKey(bad, '198.51.100.24', at)))
      expect(await come(9)).toEqual({ 'key-invalid': 9 })
      expect(await signals()).toEqual([])
      expect((await come(2 * mostBadKeys))['too-many-requests']).toBeGreaterThan(0)
      expect(await come(1)).toEqual({ 'too-many-requests': 1 })
      expect(await come(1, later(day, 3_600))).toEqual({ 'key-invalid': 1 })
      // Another network is not held back by this one.
      expect(await outcomes([one.badKey(bad, '198.51.100.25', day)])).toEqual({ 'key-invalid': 1 })
    })

    test('from ever new networks are counted in the sum, without an item for each', async () => {
      const one = noteSignals.open()
      const come = Array.from({ length: 600 }, (_, index) =>
        Array.from({ length: 10 }, () => one.badKey(bad, `203.0.${index >> 8}.${index & 255}`, day)),
      )
      expect(await writes(() => outcomes(come.flat()))).toBeLessThan(600)
      expect((await sums())['bad-keys']).toBeGreaterThan(5_000)
      expect((await all(`SIGNAL#${dayOf(day)}`)).length).toBe(501)
    }, 60_000)
  })

  test('a good key in the wrong place is a signal on its owner from the first time on, and sounds like a wrong key', async () => {
    const of = { customerId: customerId(randomUUID()), keyId: keyId('a-key') }
    const one = noteSignals.open()
    expect(await outcomes([one.badKey({ opens: false, of }, '198.51.100.26', day)])).toEqual({
      'key-invalid': 1,
    })
    expect(await signals()).toMatchObject([{ kind: 'foreign-addresses', ...of, times: 1 }])
    const heard = await outcomes(
      Array.from({ length: 2 * mostBadKeys }, () => one.badKey({ opens: false, of }, '198.51.100.26', day)),
    )
    expect(heard['too-many-requests']).toBeGreaterThan(0)
  })

  test('a walk through order numbers is a signal on who walks, by key; a few wrong numbers are none', async () => {
    const [walker, other] = [customerId(randomUUID()), customerId(randomUUID())]
    await Promise.all(instances(4).map((one) => one.strangeOrders(walker, keyId('a-key'), 100, day)))
    const one = noteSignals.open()
    await one.strangeOrders(other, undefined, 12, later(day, 60))
    await one.strangeOrders(other, undefined, 0, day)
    expect(await signals()).toMatchObject([{ kind: 'order-walks', customerId: walker, keyId: 'a-key', times: 400 }])
    expect((await sums())['order-walks']).toBe(412)
    expect(await readSignals.open().lately(later(day, 86_400))).toContainEqual({
      day: dayOf(day),
      kind: 'order-walks',
      times: 412,
    })
  })

  test('is marked as looked into, with a memo; what comes after that is told apart', async () => {
    const walker = customerId(randomUUID())
    const subject = `${walker} site`
    const one = noteSignals.open()
    await one.strangeOrders(walker, undefined, 100, day)
    await markSignals.open().seen(dayOf(day), 'order-walks', subject, audit, later(day, 60))
    await one.strangeOrders(walker, undefined, 50, later(day, 120))
    expect(await signals()).toMatchObject([
      { times: 150, seenTimes: 100, seenBy: staff, seenMemo: 'looked into it', seenAt: later(day, 60) },
    ])
    await expect(markSignals.open().seen(dayOf(day), 'bad-keys', subject, audit, day)).rejects.toMatchObject({
      code: 'signal-not-found',
    })
  })

  describe('the use of a key', () => {
    test('is noted at the first call and then ever more rarely: a thousand calls write a dozen times', async () => {
      const customer = customerId(randomUUID())
      const { note } = noteKeyUse.open()
      const written = await writes(async () => {
        for (let call = 0; call < 1_000; call++) await note(customer, keyId('one'), day)
      })
      expect(written).toBeLessThanOrEqual(12)
      const [use] = await readKeyUse.open().lately(customer, day)
      expect(use).toMatchObject({ keyId: 'one', day: dayOf(day), usedAt: day })
      expect(use?.calls).toBeGreaterThanOrEqual(500)
      expect(use?.calls).toBeLessThanOrEqual(1_000)
    })

    test('is noted again after five minutes, by day and key, and told for 30 days', async () => {
      const customer = customerId(randomUUID())
      const { note } = noteKeyUse.open()
      await note(customer, keyId('one'), day)
      await note(customer, keyId('two'), later(day, 1))
      await note(customer, keyId('one'), later(day, 2))
      await note(customer, keyId('one'), later(day, 4))
      await note(customer, keyId('one'), later(day, 400))
      const uses = await readKeyUse.open().lately(customer, later(day, 86_400))
      expect(uses.map(({ keyId, calls, usedAt }) => [keyId, calls, iso(usedAt)])).toEqual([
        ['one', 4, iso(later(day, 400))],
        ['two', 1, iso(later(day, 1))],
      ])
      expect(await readKeyUse.open().lately(customer, later(day, 32 * 86_400))).toEqual([])
    })

    test('that cannot be noted fails nothing', async () => {
      const { db, name } = table()
      const send = () => Promise.reject(new Error('the table is busy'))
      useTable({ db: { send } as unknown as typeof db, name })
      try {
        await noteKeyUse.open().note(customerId('c'), keyId('k'), day)
        const one = noteSignals.open()
        await one.strangeOrders(customerId('c'), undefined, 100, day)
        const elsewhere = later(day, 5 * 86_400)
        await expect(one.badKey(bad, '198.51.100.7', elsewhere)).rejects.toMatchObject({ code: 'key-invalid' })
      } finally {
        useTable({ db, name })
      }
    })
  })
})
