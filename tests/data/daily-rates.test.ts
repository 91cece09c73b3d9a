import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { formatExchange, parity, parseExchange } from '../../core/catalogue/exchange.ts'
import { type ProviderId, providerId, staffId } from '../../core/ids.ts'
import { readHeldRates, settleHeldRates } from '../../data/daily-rates.ts'
import { readExchangeRates } from '../../data/exchange-rates.ts'
import { countInMoney } from '../../data/provider-money.ts'
import { addProviders, readProviders, setProviderStatus } from '../../data/providers.ts'
import { beginTasks, newTaskId, readTasks } from '../../data/tasks.ts'
import { fetchRates } from '../../functions/workers/fetch-rates.ts'
import { published } from '../../local/rates/published.ts'
import type { RatesAnswer } from '../../outside/rates/ask-rates.ts'
import { onEachTable } from './tables.ts'

const by = staffId('staff')
const audit = { by, action: 'admin.test', on: 'a provider' }
const at = (day: number, hour = 16): Date => new Date(Date.UTC(2027, 0, day, hour))
const dayOf = (day: number): string => at(day).toISOString().slice(0, 10)

/** What the source answers: a body, nothing, or, where none is set, not even that. */
type Says = RatesAnswer | string | undefined

/** The worker on the real table at an hour, with a source that says so. */
async function hour(now: Date, says: Says): Promise<number> {
  let asked = 0
  const uses = Object.fromEntries(Object.entries(fetchRates.uses).map(([name, need]) => [name, need.open()]))
  const source = {
    ask: async () => {
      asked++
      return typeof says === 'string' ? { kind: 'answer' as const, body: says, source: 'bank.example' } : says
    },
  }
  await fetchRates.run({
    uses: { ...uses, source } as unknown as Parameters<typeof fetchRates.run>[0]['uses'],
    now,
    clock: () => now,
  })
  return asked
}
const bank = (day: number, usd: string, more: Record<string, string> = {}): string =>
  published({ day: dayOf(day), rates: { USD: usd, ...more } })

/** A provider in euros that follows the daily rate since a day. */
async function follower(exchange: string, day: number, currency = 'EUR'): Promise<ProviderId> {
  const id = providerId(randomUUID())
  const key = { cipherText: '', nonce: '', dataKey: '' }
  const rate = parseExchange(exchange) ?? parity
  const rest = { url: 'https://provider.social/', key, status: 'active' as const, atOnce: 10, createdAt: at(1) }
  await addProviders.open().add({ providerId: id, name: 'Other', exchange: rate, currency, rateDay: dayOf(day), ...rest }, audit)
  return id
}
async function standing(id: ProviderId) {
  const [{ exchange, rateDay }, held, [task]] = await Promise.all([
    readProviders.open().get(id),
    readHeldRates.open().get(id),
    readTasks.open().latest(id, 1, at(1)),
  ])
  const waits = held && !held.isLeft ? `${formatExchange(held.exchange)} of ${held.day}` : undefined
  return { rate: formatExchange(exchange), day: rateDay, waits, task: task?.kind }
}
const over = async (id: ProviderId): Promise<void> => {
  // A task that nobody goes on with makes room after half an hour.
  expect(await readTasks.open().underWay(id)).toBeDefined()
}

onEachTable(() => {
  describe('what follows the daily rate', () => {
    test('is priced anew when there is another, by a task in nobody’s name, and keeps the day it is of', async () => {
      const id = await follower('1.10', 4)
      expect(await hour(at(5), bank(5, '1.12'))).toBe(1)
      expect(await standing(id)).toEqual({ rate: '1.12', day: dayOf(5), waits: undefined, task: 'recost' })
      await over(id)
      expect((await readTasks.open().latest(id, 1, at(1)))[0]?.by).toBeUndefined()
      // Once a day.
      expect(await hour(at(5, 20), bank(5, '1.13'))).toBe(0)
      expect((await readExchangeRates.open().asked())?.finding).toBe('new')
      // The same on the next day is a confirmation: no service is touched.
      const still = await follower('1.12', 5)
      await hour(at(6), bank(6, '1.12'))
      expect(await standing(still)).toEqual({ rate: '1.12', day: dayOf(6), waits: undefined, task: undefined })
    })

    test('waits its turn while something else has the provider, and comes an hour later', async () => {
      const id = await follower('1.12', 6)
      const task = { taskId: newTaskId(at(7)), providerId: id, kind: 'offer' as const, by }
      await beginTasks.open().begin(task, audit, at(7))
      await hour(at(7), bank(7, '1.14'))
      expect(await standing(id)).toMatchObject({ rate: '1.12', day: dayOf(6), task: 'offer' })
      await hour(at(7, 17), undefined)
      expect(await standing(id)).toMatchObject({ rate: '1.14', day: dayOf(7), task: 'recost' })
    })

    test('keeps what it has when the answer is a page, a day of before, or none; and the source is asked again within the hour', async () => {
      const id = await follower('1.14', 7)
      const answers: readonly (readonly [Says, string])[] = [
        ['<html>maintenance</html>', 'unreadable'],
        [bank(8, '-1.2'), 'unreadable'],
        [bank(8, '0'), 'unreadable'],
        [{ kind: 'no-answer', why: 'unreachable' }, 'unreachable'],
        [{ kind: 'no-answer', why: 'too-large' }, 'too-large'],
      ]
      for (const [index, [says, finding]] of answers.entries()) {
        expect(await hour(at(8, 16 + index), says)).toBe(1)
        expect((await readExchangeRates.open().asked())?.finding).toBe(finding)
      }
      expect(await hour(at(8, 21), bank(3, '0.5'))).toBe(1)
      expect((await readExchangeRates.open().asked())?.finding).toBe('older')
      // Yesterday's file was a good answer, with nothing new in it.
      expect(await hour(at(8, 22), bank(8, '1.2'))).toBe(0)
      expect(await standing(id)).toEqual({ rate: '1.14', day: dayOf(7), waits: undefined, task: undefined })
    })

    test('keeps what it has when its currency is no longer among the rates', async () => {
      const [lost, other] = [await follower('0.025', 8, 'TRY'), await follower('1.14', 8)]
      await hour(at(9), bank(9, '1.15', { JPY: '180' }))
      expect(await standing(lost)).toEqual({ rate: '0.025', day: dayOf(8), waits: undefined, task: undefined })
      expect(await standing(other)).toMatchObject({ rate: '1.15', day: dayOf(9) })
    })

    test('is not the provider whose rate staff say, nor one that is being deleted', async () => {
      const own = await follower('1.15', 9)
      const seen = await readProviders.open().get(own)
      const worth = { currency: 'EUR', exchange: seen.exchange, lowBalance: undefined, rateDay: undefined }
      await countInMoney.open().count(seen, worth, audit, at(9), undefined)
      await hour(at(10), bank(10, '1.16'))
      expect(await standing(own)).toEqual({ rate: '1.15', day: undefined, waits: undefined, task: undefined })
    })

    test('nobody is asked where no source is set', async () => {
      const id = await follower('1.16', 10)
      await hour(at(11), undefined)
      expect((await readExchangeRates.open().latest(1))[0]?.day).toBe(dayOf(10))
      expect(await standing(id)).toMatchObject({ rate: '1.16', day: dayOf(10) })
    })
  })

  describe('a rate that moved by more than ten per cent', () => {
    const held = async (id: ProviderId) => {
      const found = await readHeldRates.open().get(id)
      if (!found) throw new Error('nothing waits')
      return found
    }
    const take = async (id: ProviderId, now: Date, waits = held(id)) => {
      const task = { taskId: newTaskId(now), providerId: id, kind: 'recost' as const, by }
      await settleHeldRates.open().take(await readProviders.open().get(id), await waits, task, audit, now)
    }

    test('is not taken: it goes before staff, once, and the next day’s in its place', async () => {
      const id = await follower('1.16', 11)
      await hour(at(12), bank(12, '1.50'))
      expect(await standing(id)).toEqual({ rate: '1.16', day: dayOf(11), waits: `1.5 of ${dayOf(12)}`, task: undefined })
      const first = await held(id)
      await hour(at(12, 18), undefined)
      await hour(at(13), bank(13, '1.51'))
      expect(await standing(id)).toMatchObject({ waits: `1.51 of ${dayOf(13)}` })
      // It waits since it did.
      expect((await held(id)).at).toEqual(first.at)
      // What was looked at is not there any more: another question.
      await expect(take(id, at(13), Promise.resolve(first))).rejects.toMatchObject({ code: 'rate-settled' })
      await hour(at(14), bank(14, '1.17'))
      expect(await standing(id)).toEqual({ rate: '1.17', day: dayOf(14), waits: undefined, task: 'recost' })
    })

    test('is taken by a person, once, and everything is priced anew', async () => {
      const id = await follower('1.17', 14)
      await hour(at(15), bank(15, '0.6'))
      const both = await Promise.allSettled([take(id, at(15)), take(id, at(15))])
      expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await standing(id)).toEqual({ rate: '0.6', day: dayOf(15), waits: undefined, task: 'recost' })
    })

    test('left by a person is not asked again before there is another day’s', async () => {
      const id = await follower('1.17', 15)
      // The rates of the fifteenth are still the newest.
      await hour(at(15, 18), undefined)
      await settleHeldRates.open().leave(await held(id), audit, at(15, 19))
      await expect(settleHeldRates.open().leave(await held(id), audit, at(15, 19))).rejects.toMatchObject({ code: 'rate-settled' })
      await hour(at(15, 20), undefined)
      expect(await standing(id)).toMatchObject({ rate: '1.17', waits: undefined })
      await hour(at(16), bank(16, '0.61'))
      expect(await standing(id)).toMatchObject({ rate: '1.17', waits: `0.61 of ${dayOf(16)}` })
      // A rate of their own is an answer, too.
      const seen = await readProviders.open().get(id)
      const exchange = parseExchange('1') ?? parity
      await countInMoney.open().count(seen, { currency: 'EUR', exchange, rateDay: undefined }, audit, at(16), newTaskId(at(16)))
      expect(await standing(id)).toEqual({ rate: '1', day: undefined, waits: undefined, task: 'recost' })
    })

    test('of a provider that is paused waits all the same: it is for when it goes on', async () => {
      const id = await follower('1.17', 16)
      await setProviderStatus.open().setStatus(id, 'paused', audit, at(16))
      await hour(at(16, 18), undefined)
      expect(await standing(id)).toMatchObject({ waits: `0.61 of ${dayOf(16)}` })
    })
  })

  describe('a rate that creeps', () => {
    test('by little a day and by much in a month goes before staff like one that leaps; taken, it is not asked about again', async () => {
      const id = await follower('1', 40)
      const seen = await readProviders.open().get(id)
      await countInMoney.open().count(seen, { currency: 'EUR', exchange: parity, rateDay: dayOf(40) }, audit, at(40), undefined)
      let day = 41
      let rate = 1
      await hour(at(40), bank(40, '1'))
      for (; (await standing(id)).waits === undefined && day < 60; day++) {
        rate *= 1.03
        await hour(at(day), bank(day, rate.toFixed(9)))
      }
      const asked = day - 1
      const held = await readHeldRates.open().get(id)
      expect(held).toMatchObject({ since: { day: dayOf(40), exchange: parity } })
      // Eight steps of three per cent are more than a quarter.
      expect(asked).toBe(48)
      if (!held) throw new Error('nothing waits')
      const task = { taskId: newTaskId(at(asked)), providerId: id, kind: 'recost' as const, by }
      await settleHeldRates.open().take(await readProviders.open().get(id), held, task, audit, at(asked, 17))
      await hour(at(day), bank(day, (rate * 1.03).toFixed(9)))
      expect(await standing(id)).toMatchObject({ day: dayOf(day), waits: undefined })
    })
  })
})
