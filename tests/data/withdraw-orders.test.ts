import { TransactionConflictException } from '@aws-sdk/client-dynamodb'
import { expect, test } from 'vitest'
import { attempt, providerId, providerOrderId } from '../../core/ids.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { available, entriesOf, newCustomer, now, outcomes, place, sell } from './people.ts'
import { onEachTable } from './tables.ts'

async function ordered() {
  const customer = await newCustomer(5_000_000n)
  const { serviceId } = await sell()
  const { orderId } = await place(customer, serviceId)
  const claim = async (name = 'attempt'): ReturnType<ReturnType<typeof submitOrders.open>['claim']> => {
    try {
      return await submitOrders.open().claim(customer, orderId, attempt(name), now)
    } catch (error) {
      // Met by a transaction: the worker's message comes again.
      if (error instanceof TransactionConflictException) return claim(name)
      throw error
    }
  }
  return { customer, orderId, claim }
}

onEachTable(() => {
  test('an order that was not sent is called off once, however often it is asked for, and all of it comes back', async () => {
    const { customer, orderId, claim } = await ordered()
    const asked = Array.from({ length: 8 }, () => withdrawOrders.open().withdraw(customer, orderId, now))
    expect(await outcomes(asked)).toEqual({ done: 8 })
    for (const order of await Promise.all(asked)) expect(order.state).toBe('canceled')
    expect(await available(customer)).toBe(5_000_000n)
    expect((await entriesOf(customer)).filter(({ kind }) => kind === 'refund')).toHaveLength(1)
    expect(await claim()).toBeUndefined()
  })

  test('calling an order off and taking it in hand at once: one of them happens', async () => {
    for (let round = 0; round < 5; round++) {
      const { customer, orderId, claim } = await ordered()
      const [withdrawn, claimed] = await Promise.all([withdrawOrders.open().withdraw(customer, orderId, now), claim()])
      expect(withdrawn.state === 'canceled').toBe(claimed === undefined)
      expect(await available(customer)).toBe(claimed ? 4_000_000n : 5_000_000n)
    }
  })

  test('a parked order can be called off, one that was sent cannot, nor one of somebody else', async () => {
    const { customer, orderId, claim } = await ordered()
    const claimed = await claim()
    if (!claimed) throw new Error('the order could not be claimed')
    await submitOrders.open().park(claimed, 'out-of-funds', now, undefined)
    const parked = sweepOrders.open().parked(providerId('provider'))
    expect((await withdrawOrders.open().withdraw(customer, orderId, now)).state).toBe('canceled')
    for await (const { order } of parked) expect(order.orderId).not.toBe(orderId)
    expect(await available(customer)).toBe(5_000_000n)

    const other = await ordered()
    const inHand = await other.claim()
    if (!inHand) throw new Error('the order could not be claimed')
    await submitOrders.open().sent(inHand, providerOrderId('there'), now)
    expect((await withdrawOrders.open().withdraw(other.customer, other.orderId, now)).state).toBe('pending')
    expect(await available(other.customer)).toBe(4_000_000n)
    expect(await outcomes([withdrawOrders.open().withdraw(customer, other.orderId, now)])).toEqual({ 'order-not-found': 1 })
  })

  test('an order that nobody took was given back already: calling it off changes nothing', async () => {
    const { customer, orderId, claim } = await ordered()
    const claimed = await claim()
    if (!claimed) throw new Error('the order could not be claimed')
    await settleOrders.open().refuse(claimed, 'provider-refused', now, undefined)
    expect((await withdrawOrders.open().withdraw(customer, orderId, now)).state).toBe('refused')
    expect(await available(customer)).toBe(5_000_000n)
  })
})
