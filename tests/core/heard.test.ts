import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { money } from '../../core/money.ts'
import { consequence, digest, quantityIn, type StatusReport } from '../../core/orders/heard.ts'
import type { Order } from '../../core/orders/order.ts'
import { type OrderState, transitions } from '../../core/orders/states.ts'
import { anOrder as order } from '../fixtures/order.ts'

/** The order as it stands after the consequence was written. */
function afterHearing(before: Order, report: StatusReport): Order {
  const follows = consequence(before, report)
  switch (follows.kind) {
    case 'nothing':
      return before
    case 'attention':
      return { ...before, reason: follows.reason }
    case 'moved':
      return {
        ...before,
        state: transitions[follows.transition].to,
        startCount: follows.startCount ?? before.startCount,
        remains: follows.remains ?? before.remains,
        reason: undefined,
      }
    case 'refund':
      return {
        ...before,
        state: transitions[follows.transition].to,
        refunded: money(before.refunded + follows.amount),
        remains: follows.remains,
        reason: undefined,
      }
  }
}

describe('refunds', () => {
  test('partial gives back exactly what was not delivered, rounded down', () => {
    expect(consequence(order({ charge: money(999_999n) }), { status: 'partial', remains: 333 })).toMatchObject({
      kind: 'refund',
      amount: 332_999n,
      transition: 'endPartial',
    })
  })
  test('Partial reported three times pays once', () => {
    const once = afterHearing(order(), { status: 'partial', remains: 200 })
    expect(once.refunded).toBe(200_000n)
    expect(afterHearing(afterHearing(once, { status: 'partial', remains: 200 }), { status: 'partial', remains: 200 })).toEqual(once)
    expect(consequence(once, { status: 'partial', remains: 200 })).toEqual({ kind: 'nothing' })
  })
  test('Completed can still turn into Partial, which is a refund, once', () => {
    const completed = afterHearing(order(), { status: 'completed' })
    expect(completed).toMatchObject({ state: 'completed', refunded: 0n, remains: 0 })
    expect(afterHearing(completed, { status: 'partial', remains: 100 })).toMatchObject({ state: 'partial', refunded: 100_000n })
  })
  test('partial, then canceled, pays only the difference', () => {
    const partial = afterHearing(order(), { status: 'partial', remains: 200 })
    expect(consequence(partial, { status: 'canceled' })).toMatchObject({ kind: 'refund', amount: 800_000n })
    expect(afterHearing(partial, { status: 'canceled' }).refunded).toBe(1_000_000n)
  })
  test('remains above the quantity refunds the charge and no more; negative remains refunds nothing', () => {
    expect(afterHearing(order(), { status: 'partial', remains: 5_000 }).refunded).toBe(1_000_000n)
    expect(afterHearing(order(), { status: 'partial', remains: -20 })).toMatchObject({ state: 'partial', refunded: 0n })
  })
  test('a later report of less remains takes nothing back', () => {
    const partial = afterHearing(order(), { status: 'partial', remains: 500 })
    expect(consequence(partial, { status: 'partial', remains: 100 })).toEqual({ kind: 'nothing' })
  })
  test('canceled gives back the share that remains, and all of it when nothing is said', () => {
    expect(afterHearing(order(), { status: 'canceled', remains: 600 }).refunded).toBe(600_000n)
    expect(afterHearing(order(), { status: 'canceled' }).refunded).toBe(1_000_000n)
  })
})

describe('what goes before staff instead of moving money', () => {
  test.each([
    ['a word nobody knows', { status: undefined }, 'status-unknown'],
    ['partial without remains', { status: 'partial' as const }, 'partial-without-remains'],
    ['canceled with nothing remaining', { status: 'canceled' as const, remains: 0 }, 'canceled-without-remains'],
  ])('%s', (_, report, reason) => {
    expect(consequence(order(), report)).toEqual({ kind: 'attention', reason })
    expect(consequence(order({ reason: reason as NonNullable<Order['reason']> }), report)).toEqual({ kind: 'nothing' })
  })
  test.each([
    [
      'a package of which a part remains, in units that nobody knows',
      { status: 'partial' as const, remains: 300 },
      'partial-without-remains',
    ],
    ['a package canceled with a part remaining', { status: 'canceled' as const, remains: 300 }, 'canceled-without-remains'],
  ])('%s', (_, report, reason) => {
    expect(consequence(order({ type: 'Package', quantity: 1 }), report)).toEqual({ kind: 'attention', reason })
  })
  test('a package that is canceled as a whole is paid back as a whole', () => {
    for (const remains of [undefined, 1])
      expect(afterHearing(order({ type: 'Package', quantity: 1 }), { status: 'canceled', remains }).refunded).toBe(1_000_000n)
  })
})

test('remains alone is written at tenths of the quantity, and not at every unit', () => {
  const started = afterHearing(order({ state: 'pending' }), { status: 'in-progress', startCount: 10, remains: 999 })
  expect(consequence(started, { status: 'in-progress', startCount: 10, remains: 901 })).toEqual({ kind: 'nothing' })
  expect(consequence(started, { status: 'in-progress', startCount: 10, remains: 900 })).toMatchObject({
    kind: 'moved',
    remains: 900,
  })
})

test('a settled order hears nothing of progress', () => {
  for (const state of ['completed', 'partial', 'canceled', 'refused', 'unknown', 'parked', 'accepted', 'submitting'] as const)
    expect(consequence(order({ state }), { status: 'in-progress', remains: 10 })).toEqual({ kind: 'nothing' })
})

const reports: fc.Arbitrary<StatusReport> = fc.record({
  status: fc.constantFrom('pending', 'in-progress', 'processing', 'completed', 'partial', 'canceled', undefined),
  startCount: fc.option(fc.nat(10_000), { nil: undefined }),
  remains: fc.option(fc.integer({ min: -50, max: 1_500 }), { nil: undefined }),
})

test('whatever a provider says, in whatever order: hearing it again changes nothing, and a refund never exceeds the charge or shrinks', () => {
  const states: OrderState[] = ['pending', 'in-progress', 'processing', 'completed', 'partial', 'canceled']
  fc.assert(
    fc.property(fc.constantFrom(...states), fc.array(reports, { maxLength: 12 }), (state, told) => {
      let current = order({ state })
      for (const report of told) {
        const next = afterHearing(current, report)
        expect(afterHearing(next, report)).toEqual(next)
        expect(next.refunded).toBeGreaterThanOrEqual(current.refunded)
        expect(next.refunded).toBeLessThanOrEqual(next.charge)
        current = next
      }
    }),
  )
})

test('what differs in substance differs in the digest, which carries the quantity', () => {
  expect(digest({ status: 'in-progress', startCount: 5, remains: 999 }, 1000)).toBe(
    digest({ status: 'in-progress', startCount: 5, remains: 901 }, 1000),
  )
  expect(digest({ status: 'in-progress', startCount: 5, remains: 900 }, 1000)).not.toBe(
    digest({ status: 'in-progress', startCount: 5, remains: 901 }, 1000),
  )
  expect(quantityIn(digest({ status: 'partial' }, 1000))).toBe(1000)
})
