import { expect, test } from 'vitest'
import { providerId, providerServiceId } from '../../core/ids.ts'
import { money, rate } from '../../core/money.ts'
import { balanceShows, costOf } from '../../core/orders/evidence.ts'
import type { Order } from '../../core/orders/order.ts'
import { outcomeOf, waysToSettle } from '../../core/orders/settling.ts'
import { orderStates } from '../../core/orders/states.ts'
import { aService } from '../fixtures/service.ts'

const order = (over: Partial<Order>): Order =>
  ({
    type: 'Default',
    quantity: 3,
    charge: money(100n),
    refunded: money(0n),
    state: 'unknown',
    providerId: providerId('p'),
    providerServiceId: providerServiceId('7'),
    ...over,
  }) as Order

test.each([
  ['fell by exactly the cost', '100.0000', '98.7500', 1_250_000n, 'took-it'],
  ['fell by the cost as exactly as it is written', '100.00', '98.75', 1_254_999n, 'took-it'],
  ['stayed, and the cost would have shown', '100.00', '100.00', 20_000n, 'did-not'],
  ['stayed, and the cost may be too small to show', '100.00', '100.00', 19_999n, 'unclear'],
  ['fell by something else', '100.00', '97.00', 1_250_000n, 'unclear'],
  ['rose', '100.00', '101.25', 1_250_000n, 'unclear'],
  ['fell, and nobody knows the cost', '100.00', '98.75', undefined, 'unclear'],
  ['is no number', 'a lot', '98.75', 1_250_000n, undefined],
  ['was not told afterwards', '100.00', undefined, 1_250_000n, undefined],
] as const)('a balance that %s', (_, before, after, cost, shows) => {
  expect(balanceShows({ before, after, cost: cost === undefined ? undefined : money(cost) })).toBe(shows)
})

test('an order costs what its service costs in the provider’s currency, and nobody knows it once the service is bought elsewhere', () => {
  const source = { providerId: providerId('p'), providerServiceId: providerServiceId('7'), cost: rate(500_000n) }
  expect(costOf(aService({ source }), order({ quantity: 1_500 }))).toBe(750_000n)
  expect(costOf(aService({ source: { ...source, quoted: rate(900_001n) } }), order({ quantity: 1 }))).toBe(901n)
  expect(costOf(aService({ source }), order({ type: 'Package', quantity: 1 }))).toBe(500_000n)
  expect(costOf(aService({ source: { ...source, providerServiceId: providerServiceId('8') } }), order({}))).toBeUndefined()
  const elsewhere = { providerId: providerId('q'), providerServiceId: providerServiceId('9'), quoted: rate(700_000n) }
  const sentOn = aService({ source, fallbacks: [{ ...elsewhere, name: 'Followers', min: 1, max: 9_000 }] })
  expect(costOf(sentOn, order({ ...elsewhere, quantity: 1_000 }))).toBe(700_000n)
  expect(costOf(undefined, order({}))).toBeUndefined()
})

test('only an order that hangs can be settled, and never one that was refused or canceled', () => {
  const ways = (over: Partial<Order>) => waysToSettle(order(over))
  for (const state of orderStates) {
    if (state !== 'unknown' && state !== 'parked') expect(ways({ state }), state).toEqual([])
    if (['accepted', 'submitting', 'refused', 'canceled'].includes(state))
      expect(ways({ state, reason: 'provider-refused' })).toEqual([])
  }
  expect(ways({ state: 'pending', reason: 'not-found-at-provider' })).toEqual(['confirm', 'completed', 'partial', 'canceled'])
  expect(ways({ state: 'in-progress', reason: 'status-unknown' })).toEqual(['completed', 'partial', 'canceled', 'leave'])
  expect(ways({ state: 'parked', reason: 'out-of-funds' })).toEqual(['send-again', 'canceled'])
  expect(ways({ state: 'parked', reason: 'out-of-funds', sentAgain: true })).toEqual(ways({ state: 'unknown' }))
  expect(ways({ state: 'unknown', type: 'Package' })).toEqual(['confirm', 'send-again', 'completed', 'canceled'])
})

test('what goes back is the share of what remains, rounded down, less what went back before', () => {
  expect(outcomeOf(order({}), 'partial', 1)).toEqual({ transition: 'settlePart', remains: 1, refund: 33n })
  const partial = order({ state: 'partial', reason: 'status-unknown', refunded: money(33n) })
  expect(outcomeOf(partial, 'partial', 2)).toEqual({ transition: 'endPartial', remains: 2, refund: 33n })
  expect(outcomeOf(partial, 'canceled')).toEqual({ transition: 'cancel', remains: 3, refund: 67n })
  for (const remains of [0, -1, 4, 1.5]) expect(outcomeOf(order({}), 'partial', remains)).toBeUndefined()
  const moreBack = order({ state: 'partial', reason: 'status-unknown', refunded: money(66n) })
  expect(outcomeOf(moreBack, 'partial', 1)).toBeUndefined()
})
