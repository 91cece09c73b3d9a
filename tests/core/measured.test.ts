import { describe, expect, test } from 'vitest'
import { customerId, orderId, providerId, providerOrderId, providerServiceId, serviceId } from '../../core/ids.ts'
import { type Ended, endedAs, type Outcome, remembered } from '../../core/measured/ended.ts'
import { outcomesOf, timeInWords, typicalTime } from '../../core/measured/measured.ts'
import { money } from '../../core/money.ts'
import type { Order } from '../../core/orders/order.ts'
import { later } from '../../core/time.ts'
import { duration } from '../../site/shared/durations.ts'

const now = new Date('2026-11-22T10:00:00.000Z')
const ended = (id: number, seconds: number, outcome: Outcome = 'completed', quantity = 1_000): Ended => ({
  orderId: orderId(id),
  outcome,
  at: later(now, id),
  seconds,
  quantity,
})
const several = (times: readonly number[], outcome?: Outcome) => times.map((seconds, index) => ended(index + 1, seconds, outcome))

describe('how long a service takes', () => {
  test('is not said before five of its orders were completed', () => {
    expect(typicalTime([...several([60, 60, 60, 60]), ...several([60, 60], 'partial')])).toBeUndefined()
    expect(typicalTime(several([60, 60, 60, 60, 60]))).toEqual({ minutes: 1, quantity: 1_000, orders: 5 })
  })
  test('is what half of them took at most: one that hung for a week does not change it', () => {
    expect(typicalTime(several([600, 660, 720, 780, 604_800]))?.minutes).toBe(12)
    expect(typicalTime(several([1, 1, 1, 1, 1]))?.minutes).toBe(1)
    expect(typicalTime(several([61, 61, 61, 61, 61]))?.minutes).toBe(2)
  })
  test('is of the last twenty that were completed', () => {
    const newestFirst = [...Array.from({ length: 20 }, () => 60), ...Array.from({ length: 30 }, () => 6_000)]
    expect(typicalTime(several(newestFirst))).toMatchObject({ minutes: 1, orders: 20 })
  })
  test.each([
    [1, '1 minute'],
    [59, '59 minutes'],
    [60, '1 hour'],
    [65, '1 hour 5 minutes'],
    [121, '2 hours 1 minute'],
    [1_440, '1 day'],
    [1_445, '1 day 1 hour'],
    [3_060, '2 days 3 hours'],
  ])('of %i minutes is said as the field says it: %s', (minutes, words) => {
    expect(timeInWords(minutes)).toBe(words)
  })
})

test.each([
  [1, '1 min'],
  [60, '1 h'],
  [65, '1 h 5 min'],
  [1_439, '23 h 59 min'],
  [1_440, '1 d'],
  [1_441, '1 d 1 h'],
  [3_000, '2 d 2 h'],
])('%i minutes on the site are %s', (minutes, words) => {
  expect(duration(minutes)).toBe(words)
})

describe('how orders end', () => {
  test('is counted from five on', () => {
    expect(outcomesOf(several([1, 2, 3, 4]))).toBeUndefined()
    const ends = [ended(1, 1), ended(2, 1), ended(3, 1, 'partial'), ended(4, 1, 'canceled'), ended(5, 1, 'refused')]
    expect(outcomesOf(ends)).toEqual({ ended: 5, completed: 2, partial: 1, canceled: 1, refused: 1 })
  })
  test('is remembered once an order, as it was seen last: the newest, and none that is old', () => {
    const known = [ended(1, 10), ended(2, 10), ended(3, 10)]
    const kept = remembered(known, [ended(3, 20, 'partial'), ended(4, 10)], 3, later(now, 2))
    expect(kept.map(({ orderId, outcome }) => [orderId, outcome])).toEqual([
      [4, 'completed'],
      [3, 'partial'],
      [2, 'completed'],
    ])
  })
})

describe('an order', () => {
  const order = (over: Partial<Order>): Order => ({
    orderId: orderId(1),
    customerId: customerId('c'),
    serviceId: serviceId(1),
    type: 'Default',
    hasPayload: false,
    quantity: 500,
    charge: money(1n),
    refunded: money(0n),
    state: 'completed',
    acceptedAt: now,
    changedAt: later(now, 900),
    providerId: providerId('p'),
    providerServiceId: providerServiceId('1'),
    tried: [],
    history: { steps: [{ state: 'completed', at: later(now, 300) }], skipped: 0 },
    ...over,
  })
  test('took as long as until it was completed, whatever touched it later', () => {
    expect(endedAs(order({}))).toMatchObject({ outcome: 'completed', seconds: 300, quantity: 500 })
    expect(endedAs(order({ history: { steps: [], skipped: 0 } }))).toMatchObject({ seconds: 900 })
  })
  test('that is not over is not measured', () => {
    for (const state of ['accepted', 'pending', 'in-progress', 'unknown', 'parked'] as const)
      expect(endedAs(order({ state }))).toBeUndefined()
  })
  test('that was called off before it was sent, or was spread over runs, says nothing of its service', () => {
    expect(endedAs(order({ state: 'canceled' }))).toBeUndefined()
    expect(endedAs(order({ state: 'canceled', providerOrderId: providerOrderId('7') }))).toMatchObject({ outcome: 'canceled' })
    expect(endedAs({ ...order({}), runs: 3 })).toBeUndefined()
  })
})
