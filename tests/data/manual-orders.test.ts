import { expect, test } from 'vitest'
import { manual, manualService } from '../../core/catalogue/manual.ts'
import type { Service } from '../../core/catalogue/service.ts'
import { staffId } from '../../core/ids.ts'
import type { Work } from '../../core/orders/manual.ts'
import type { Order } from '../../core/orders/order.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { listManualOrders, takeOrders, workOrders } from '../../data/orders/work-orders.ts'
import { all, available, entriesOf, expectBooks, newCustomer, now, outcomes, place, sell } from './people.ts'
import { onEachTable } from './tables.ts'

const audit = { by: staffId('ada'), action: 'admin.work-manual-order', on: 'an order', why: 'It stopped there' }

/** An order for 1000 of which nobody but us knows how to deliver it; 1.00 was paid. */
async function ordered(more: Partial<Service> = {}): Promise<Order> {
  const customer = await newCustomer(5_000_000n)
  const { serviceId } = await sell({ ...more, source: { providerId: manual, providerServiceId: manualService } as never })
  return place(customer, serviceId)
}
const take = ({ customerId, orderId }: Order, by = 'ada') =>
  takeOrders.open().take(customerId, orderId, { ...audit, by: staffId(by), action: 'admin.take-manual-order' }, now)
const work = ({ customerId, orderId }: Order, done: Work) => workOrders.open().work(customerId, orderId, done, audit, now)
const listed = async (order: Order) =>
  (await listManualOrders.open().page(undefined, 100)).orders.some(({ orderId }) => orderId === order.orderId)
const records = async () => (await all(`AUDITED#${now.toISOString().slice(0, 10)}`)).length

onEachTable(() => {
  test('a manual order stands on its list from the beginning, is taken in hand by one, and leaves it when it is over', async () => {
    const order = await ordered()
    expect(await listed(order)).toBe(true)
    const taken = ['ada', 'bob', 'ada', 'cy'].map((by) => take(order, by))
    const { done = 0, 'changed-meanwhile': late = 0 } = await outcomes(taken)
    expect(done + late).toBe(4)
    expect(done === 1 || done === 2).toBe(true)
    expect(await work(order, { did: 'note', startCount: 0, remains: 250 })).toMatchObject({ state: 'in-progress', remains: 250 })
    expect(await listed(order)).toBe(true)
    expect(await work(order, { did: 'complete' })).toMatchObject({ state: 'completed', remains: 0, startCount: 0 })
    expect(await listed(order)).toBe(false)
    expect(await available(order.customerId)).toBe(4_000_000n)
  })

  test('what was not delivered goes back to the unit, once, however often and by however many it is told', async () => {
    const order = await ordered()
    await take(order)
    const before = await records()
    expect(await outcomes(Array.from({ length: 5 }, () => work(order, { did: 'partial', remains: 333 })))).toEqual({ done: 5 })
    expect(await available(order.customerId)).toBe(4_333_000n)
    const [refund] = (await entriesOf(order.customerId)).filter(({ kind }) => kind === 'refund')
    expect(refund).toMatchObject({ amount: 333_000n, memo: 'It stopped there', by: 'ada' })
    expect(await records()).toBe(before + 1)
    // More of it, later on, is the difference; less is nothing that could be taken back.
    expect(await work(order, { did: 'partial', remains: 500 })).toMatchObject({ refunded: 500_000n })
    expect(await outcomes([work(order, { did: 'partial', remains: 400 })])).toEqual({ 'invalid-request': 1 })
    expect(await work(order, { did: 'cancel' })).toMatchObject({ state: 'canceled', refunded: 1_000_000n })
    expect(await available(order.customerId)).toBe(5_000_000n)
  })

  test('completing and giving back at once leaves the books right, whoever comes first', async () => {
    for (let round = 0; round < 4; round++) {
      const order = await ordered()
      await take(order)
      await outcomes([
        work(order, { did: 'complete' }),
        work(order, { did: 'partial', remains: 100 }),
        work(order, { did: 'cancel', remains: 400 }),
      ])
      const wallet = await expectBooks(order.customerId)
      expect([4_000_000n, 4_100_000n, 4_400_000n]).toContain(wallet.available)
      expect(await listed(order)).toBe(false)
    }
  })

  test('an order that nobody has begun is canceled whole; its customer and staff at once give it back once', async () => {
    const order = await ordered()
    expect(await outcomes([work(order, { did: 'cancel', remains: 10 })])).toEqual({ 'invalid-request': 1 })
    const both = [work(order, { did: 'cancel' }), withdrawOrders.open().withdraw(order.customerId, order.orderId, now)]
    const { 'changed-meanwhile': late = 0, done = 0 } = await outcomes(both)
    expect(done + late).toBe(2)
    expect(await available(order.customerId)).toBe(5_000_000n)
    expect(await outcomes([take(order), work(order, { did: 'note', remains: 3 })])).toEqual({ 'changed-meanwhile': 2 })
  })

  test.each([
    ['more remains than was ordered', { did: 'note', remains: 1_001 }],
    ['all of it remains of a partial one', { did: 'partial', remains: 1_000 }],
    ['nothing remains of a partial one', { did: 'partial', remains: 0 }],
    ['nothing remains of a canceled one', { did: 'cancel', remains: 0 }],
  ] satisfies [string, Work][])('it makes no sense that %s', async (_, done) => {
    const order = await ordered()
    await take(order)
    expect(await outcomes([work(order, done)])).toEqual({ 'invalid-request': 1 })
  })

  test('an order at a provider is not worked by hand', async () => {
    const customer = await newCustomer(5_000_000n)
    const order = await place(customer, (await sell()).serviceId)
    expect(await outcomes([take(order), work(order, { did: 'complete' })])).toEqual({ 'order-not-found': 2 })
    expect(await listed(order)).toBe(false)
  })
})
