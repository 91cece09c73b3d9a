import { expect, test } from 'vitest'
import { attempt, type CustomerId, providerId, providerOrderId } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { pollShards } from '../../core/orders/polling.ts'
import { listOrders } from '../../data/orders/list-orders.ts'
import { lookBack as completedOrders } from '../../data/orders/look-back.ts'
import { listOpenOrders } from '../../data/orders/open-orders.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { providerLines } from '../../data/provider-lines.ts'
import { lookBack } from '../../functions/workers/look-back.ts'
import { available, newCustomer, now, place, sell } from './people.ts'
import { onEachTable } from './tables.ts'

const provider = providerId('provider')
const span = { from: new Date(now.getTime() - 60_000), to: new Date(now.getTime() + 60_000) }

async function atItsProvider(customer: CustomerId): Promise<Order> {
  const { serviceId } = await sell()
  const order = await place(customer, serviceId)
  const { claim, sent } = submitOrders.open()
  const claimed = await claim(customer, order.orderId, attempt('attempt'), now)
  if (!claimed) throw new Error('the order could not be claimed')
  await sent(claimed, providerOrderId(`there-${order.orderId}`), now)
  return order
}
const numbers = async (found: AsyncIterable<{ readonly orderId: number }>): Promise<number[]> => {
  const all: number[] = []
  for await (const { orderId } of found) all.push(orderId)
  return all
}
const beforeStaff = async (): Promise<number[]> =>
  (await listOrders.open().needingStaff([provider], now, undefined, 50)).orders.map(({ orderId }) => orderId)

onEachTable(() => {
  test.each([
    ['partial, of how much it does not say', { status: 'partial' as const }],
    ['canceled, with nothing remaining', { status: 'canceled' as const, remains: 0 }],
    ['a word nobody knows', { status: undefined }],
  ])('an order of which its provider says %s is before staff, and is asked about as before', async (_, report) => {
    const customer = await newCustomer(5_000_000n)
    const order = await atItsProvider(customer)
    await settleOrders.open().hear(customer, order.orderId, report, now)
    expect(await beforeStaff()).toContain(order.orderId)
    expect(await numbers(listOpenOrders.open().doubtful(provider, span))).toContain(order.orderId)
    expect(await available(customer)).toBe(4_000_000n)
  })

  test('an order that makes sense again is no longer before staff', async () => {
    const customer = await newCustomer(5_000_000n)
    const order = await atItsProvider(customer)
    const { hear, flag } = settleOrders.open()
    await flag(customer, order.orderId, 'not-found-at-provider', now)
    expect(await beforeStaff()).toContain(order.orderId)
    await hear(customer, order.orderId, { status: 'in-progress', startCount: 7, remains: 400 }, now)
    expect(await beforeStaff()).not.toContain(order.orderId)
    expect(await numbers(listOpenOrders.open().accepted(provider, order.orderId % pollShards, span))).toContain(order.orderId)
  })

  test('an order that its provider takes back days after it was completed is refunded once, and others are left alone', async () => {
    const customer = await newCustomer(5_000_000n)
    const [taken, kept] = [await atItsProvider(customer), await atItsProvider(customer)]
    for (const { orderId } of [taken, kept]) await settleOrders.open().hear(customer, orderId, { status: 'completed' }, now)
    const asked: string[] = []
    const body = JSON.stringify({
      [`there-${taken.orderId}`]: { status: 'Partial', remains: '400' },
      [`there-${kept.orderId}`]: { status: 'Completed', remains: '0' },
    })
    const uses = {
      providers: { all: async () => [{ providerId: provider, status: 'active', url: '', key: {}, atOnce: 10 }] },
      lines: providerLines.open(),
      vault: { open: async () => 'key' },
      outside: {
        call: async (_: unknown, { orders }: { orders: string[] }) => {
          asked.push(...orders)
          return { kind: 'answer', status: 200, body }
        },
      },
      orders: completedOrders.open(),
      settle: settleOrders.open(),
    }
    const days = (count: number) => new Date(now.getTime() + count * 86_400_000)
    const back = (now: Date) => lookBack.run({ uses: uses as never, now, clock: () => now })
    for (const day of [2, 3]) await back(days(day))
    expect(asked).toEqual(expect.arrayContaining([`there-${taken.orderId}`, `there-${kept.orderId}`]))
    expect(await available(customer)).toBe(3_400_000n)
    asked.length = 0
    await back(days(9))
    expect(asked).toEqual([])
  })
})
