import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money, rate } from '../../core/money.ts'
import { quote } from '../../core/orders/quote.ts'
import { chargeOfRun, endOf, type FeedOrder, newFeed, nextRunAt, recount, unstarted, unused } from '../../core/orders/runs.ts'
import type { OrderState } from '../../core/orders/states.ts'
import { Refusal } from '../../core/refusals.ts'
import { anOrder } from '../fixtures/order.ts'
import { aService } from '../fixtures/service.ts'

const link = 'https://social.example.com/somebody'
const rules = { sellUnattested: false }
const dripping = aService({ dripFeed: true, rate: rate(1_234_567n), min: 50, max: 10_000 })
const feedOrder = (over: Partial<FeedOrder> = {}): FeedOrder =>
  ({ ...anOrder(), runs: 4, interval: 60, feed: newFeed(new Date(0)), remains: 1_000, ...over }) as FeedOrder

const charges = fc.bigInt({ min: 1n, max: 10n ** 15n }).map(money)
const counts = fc.integer({ min: 2, max: 1_000 })

test('what the runs cost adds up to the charge, whatever it is and however many there are', () => {
  fc.assert(
    fc.property(charges, counts, (charge, runs) => {
      let sum = 0n
      for (let run = 1; run <= runs; run++) {
        const part = chargeOfRun(run, { charge, runs })
        expect(part).toBeGreaterThanOrEqual(0n)
        sum += part
      }
      expect(sum).toBe(charge)
    }),
    { numRuns: 60 },
  )
})

test('what is unused and what the started runs cost are the charge, at every point', () => {
  fc.assert(
    fc.property(charges, counts, fc.nat(), (charge, runs, point) => {
      const started = point % (runs + 1)
      const order = feedOrder({ charge, runs, quantity: runs * 7, feed: { ...newFeed(new Date(0)), started } })
      let spent = 0n
      for (let run = 1; run <= started; run++) spent += chargeOfRun(run, order)
      expect(unused(order) + spent).toBe(charge)
      expect(unstarted(order)).toBe((runs - started) * 7)
    }),
    { numRuns: 60 },
  )
})

test('a run that begins a little late does not put off the next; one that was missed does, so that none are made up for at once', () => {
  const due = new Date('2026-11-22T10:00:00.000Z')
  const at = (seconds: number): Date => new Date(due.getTime() + seconds * 1_000)
  expect(nextRunAt(due, at(50), 30)).toEqual(at(1_800))
  expect(nextRunAt(due, at(3_600), 30)).toEqual(at(3_600 + 1_800))
  expect(nextRunAt(due, at(59), 1)).toEqual(at(60))
  expect(nextRunAt(due, at(61), 1)).toEqual(at(121))
})

describe('an order ends by what became of its runs:', () => {
  const became = (states: readonly OrderState[], runs: number, stopped = false) => {
    let order = feedOrder({ runs, quantity: runs * 10, remains: runs * 10, refunded: money(0n) })
    order = { ...order, feed: { ...order.feed, started: states.length, ...(stopped ? { stoppedAt: new Date(1) } : {}) } }
    for (const state of states) {
      const remains = state === 'completed' ? 0 : state === 'partial' ? 4 : 10
      const refunded = money(['partial', 'canceled', 'refused'].includes(state) ? BigInt(remains) : 0n)
      const was = { state: 'accepted' as const, remains: 10, refunded: money(0n) }
      order = { ...order, ...recount(order, was, { state, remains, refunded }) }
    }
    return { end: endOf(order.feed, runs), remains: order.remains, refunded: order.refunded }
  }
  test.each([
    ['all completed', became(['completed', 'completed'], 2), { end: 'complete', remains: 0, refunded: 0n }],
    ['one partial', became(['completed', 'partial'], 2), { end: 'endPartial', remains: 4, refunded: 4n }],
    ['one refused', became(['completed', 'refused'], 2), { end: 'endPartial', remains: 10, refunded: 10n }],
    ['all refused or canceled', became(['canceled', 'refused'], 2), { end: 'cancel', remains: 20, refunded: 20n }],
    ['one still to come', became(['completed'], 2), { end: undefined, remains: 10, refunded: 0n }],
    ['one under way', became(['completed', 'in-progress'], 2), { end: undefined, remains: 10, refunded: 0n }],
    ['the rest canceled after one', became(['completed'], 3, true), { end: 'endPartial', remains: 20, refunded: 0n }],
    ['canceled before any', became([], 3, true), { end: 'cancel', remains: 30, refunded: 0n }],
    ['canceled with one under way', became(['pending'], 3, true), { end: undefined, remains: 30, refunded: 0n }],
  ])('%s', (_, got, expected) => expect(got).toEqual(expected))

  test('and once more when a provider takes back what it said', () => {
    const order = feedOrder({
      runs: 1,
      state: 'completed',
      remains: 0,
      feed: { ...newFeed(new Date(0)), started: 1, over: 1, completed: 1 },
    })
    const was = { state: 'completed' as const, remains: 0, refunded: money(0n) }
    const { feed, remains, refunded } = recount(order, was, { state: 'partial', remains: 3, refunded: money(5n) })
    expect([endOf(feed, 1), remains, refunded]).toEqual(['endPartial', 3, 5n])
  })
})

describe('an order in runs', () => {
  test('is priced as a whole, rounded up once', () => {
    expect(quote(dripping, { link, quantity: 111, runs: 3, interval: 60 }, rules)).toMatchObject({
      quantity: 333,
      pace: { runs: 3, interval: 60 },
      charge: 411_111n,
    })
  })

  test.each([undefined, 0, 1])('of %s is one like any other', (runs) => {
    const { pace, quantity } = quote(
      aService(),
      { link, quantity: 100, ...(runs === undefined ? {} : { runs }), interval: 5 },
      rules,
    )
    expect([pace, quantity]).toEqual([undefined, 100])
  })

  const refused = (ask: Parameters<typeof quote>[1], service = dripping): string => {
    try {
      quote(service, { link, quantity: 100, ...ask }, rules)
      return 'priced'
    } catch (error) {
      if (error instanceof Refusal) return error.code
      throw error
    }
  }
  test.each([
    ['of a service that is not delivered so', { runs: 2, interval: 60 }, 'drip-feed-unavailable', aService()],
    ['of a package', { runs: 2, interval: 60 }, 'drip-feed-unavailable', { ...dripping, type: 'Package' as const }],
    ['more than a thousand', { runs: 1_001, interval: 1 }, 'runs-invalid', dripping],
    ['half a run', { runs: 2.5, interval: 1 }, 'runs-invalid', dripping],
    ['fewer than none', { runs: -2, interval: 1 }, 'runs-invalid', dripping],
    ['no number', { runs: Number.NaN, interval: 1 }, 'runs-invalid', dripping],
    ['no interval', { runs: 2 }, 'interval-invalid', dripping],
    ['an interval of nothing', { runs: 2, interval: 0 }, 'interval-invalid', dripping],
    ['more than a week between', { runs: 2, interval: 10_081 }, 'interval-invalid', dripping],
    ['more than half a year in all', { runs: 1_000, interval: 300 }, 'interval-invalid', dripping],
    ['a run below the minimum', { quantity: 49, runs: 10, interval: 60 }, 'quantity-too-small', dripping],
    ['a run above the maximum', { quantity: 10_001, runs: 2, interval: 60 }, 'quantity-too-large', dripping],
    [
      'more things than there are numbers',
      { quantity: 10_000_000, runs: 900, interval: 60 },
      'runs-invalid',
      { ...dripping, max: 10_000_000 },
    ],
  ])('%s', (_, ask, code, service) => expect(refused(ask, service)).toBe(code))
})
