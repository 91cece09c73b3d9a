import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { attempt, type CustomerId, providerId, providerOrderId } from '../../core/ids.ts'
import { blockedTarget } from '../../core/orders/blocking.ts'
import type { Order } from '../../core/orders/order.ts'
import { unknownAttributes } from '../../core/privacy/inventory.ts'
import { checkBlocks } from '../../data/blocked.ts'
import { keepBlocks, readBlocks } from '../../data/blocks.ts'
import { blockIdOf, keys } from '../../data/keys.ts'
import { getOrder } from '../../data/orders/get.ts'
import { findOrdersUnder } from '../../data/orders/orders-under.ts'
import { sendOn } from '../../data/orders/send-on.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { providerLines } from '../../data/provider-lines.ts'
import { submitOrder } from '../../functions/workers/submit-order.ts'
import { all, audit, available, expectBooks, newCustomer, now, outcomes, place, sell, staff } from './people.ts'
import { onEachTable } from './tables.ts'

const someone = () => `https://photos.example.com/${randomUUID().slice(0, 8)}`
const blockOf = (link: string) => {
  const target = blockedTarget(link)
  if (target === undefined) throw new Error('nothing is covered')
  return { blockId: blockIdOf(target), target, memo: 'The code was in the bio.', by: staff, at: now }
}
const block = (link: string) => keepBlocks.open().block(blockOf(link), audit)
const lift = (link: string) => keepBlocks.open().lift(blockOf(link), audit, now)
const bought = async (link: string, customer?: CustomerId): Promise<Order> =>
  place(customer ?? (await newCustomer(1_000_000n)), (await sell()).serviceId, { ask: { link, quantity: 1_000 } })
const read = async ({ customerId, orderId }: Order): Promise<Order> => {
  const order = await getOrder(customerId, orderId)
  if (!order) throw new Error('the order is gone')
  return order
}

/** What its provider hears when the worker meets the order; `meanwhile` happens while it is on its way there. */
async function submit(order: Order, meanwhile: () => Promise<void> = async () => undefined): Promise<string[]> {
  const { customerId, orderId, providerId } = order
  const asked: string[] = []
  const uses = {
    ...{ orders: submitOrders.open(), blocks: checkBlocks.open(), withdrawing: withdrawOrders.open() },
    ...{
      lines: providerLines.open(),
      providers: { get: async () => ({ providerId, status: 'active', url: '', key: {}, atOnce: 9 }) },
    },
    vault: { open: async () => 'a key' },
    outside: {
      call: async (_: unknown, { action }: { action: string }) => {
        await meanwhile()
        asked.push(action)
        return { kind: 'answer', status: 200, body: '{"order":17}' }
      },
    },
  }
  await submitOrder.run({ message: { customerId, orderId, providerId, returned: 0 }, uses: uses as never, now, clock: () => now })
  return asked
}

onEachTable(() => {
  describe('a blocked target', () => {
    test('takes no orders, by whichever spelling, nor does what lies under it; unblocked, it does again', async () => {
      const link = someone()
      await block(link)
      const customer = await newCustomer(5_000_000n)
      for (const spelling of [link, `${link}/?utm_source=x`, link.toUpperCase().replace('HTTPS', 'https'), `${link}/post/7`])
        await expect(bought(spelling, customer), spelling).rejects.toMatchObject({ code: 'target-blocked' })
      expect(await available(customer)).toBe(5_000_000n)
      await bought(`${link}x`, customer)
      await lift(link)
      await bought(link, customer)
      await expectBooks(customer)
    })

    test('an order that was placed a moment before is not sent, and all of it goes back', async () => {
      const link = someone()
      const order = await bought(`${link}/post/7`)
      await block(link)
      expect(await submit(order)).toEqual([])
      expect(await read(order)).toMatchObject({ state: 'canceled', reason: 'target-blocked', refunded: order.charge })
      expect(await available(order.customerId)).toBe(1_000_000n)
      // Its message comes twice.
      expect(await submit(order)).toEqual([])
      expect(await available(order.customerId)).toBe(1_000_000n)
    })

    test('blocked while an order is on its way, the order is under way, and listed', async () => {
      const link = someone()
      const order = await bought(link)
      expect(await submit(order, () => block(link))).toEqual(['add'])
      expect(await read(order)).toMatchObject({ state: 'pending' })
      const { orders, complete } = await findOrdersUnder.open().find(blockOf(link).target, [order.providerId], now)
      expect(orders.map(({ orderId }) => orderId)).toEqual([order.orderId])
      expect(complete).toBe(true)
    })

    test('what staff had sent again may be with its provider: it is not sent, not refunded, and before staff', async () => {
      const link = someone()
      const order = await bought(link)
      const claimed = await submitOrders.open().claim(order.customerId, order.orderId, attempt('a'), now)
      if (!claimed) throw new Error('it could not be claimed')
      await submitOrders.open().lose(claimed, 'no-answer', now, undefined)
      const { state, reason, changedAt } = await read(order)
      const seen = { state, reason, changedAt: changedAt.toISOString() }
      await sendOn.open().sendAgain({ order, seen, requestId: randomUUID(), audit, at: now })
      await block(link)
      expect(await submit(order)).toEqual([])
      expect(await read(order)).toMatchObject({ state: 'unknown', reason: 'target-blocked', refunded: 0n })
    })

    test('races with placing and sending: every order was sent, or paid back whole', async () => {
      for (let round = 0; round < 5; round++) {
        const link = someone()
        const customers = await Promise.all(Array.from({ length: 4 }, () => newCustomer(1_000_000n)))
        const { serviceId } = await sell()
        const tries = customers.map(async (customer) => {
          const order = await place(customer, serviceId, { ask: { link, quantity: 1_000 } }).catch(() => undefined)
          return order && { order, asked: await submit(order) }
        })
        const [placed] = await Promise.all([Promise.all(tries), block(link)])
        for (const one of placed) {
          if (!one) continue
          const after = await read(one.order)
          expect([after.state, one.asked.length]).toEqual(one.asked.length === 1 ? ['pending', 1] : ['canceled', 0])
          expect(after.refunded).toBe(one.asked.length === 1 ? 0n : after.charge)
        }
        for (const customer of customers) await expectBooks(customer)
      }
    })

    test('what is parked for it is found, wherever it waits', async () => {
      const link = someone()
      const order = await bought(`${link}/post/1`)
      const claimed = await submitOrders.open().claim(order.customerId, order.orderId, attempt('a'), now)
      if (!claimed) throw new Error('it could not be claimed')
      await submitOrders.open().park(claimed, 'out-of-funds', now, undefined)
      const later = new Date(now.getTime() + 86_400_000)
      const found = await findOrdersUnder.open().find(blockOf(link).target, [providerId('other'), order.providerId], later)
      expect(found.orders.map(({ orderId }) => orderId)).toEqual([order.orderId])
      await withdrawOrders.open().withdraw(order.customerId, order.orderId, now, 'target-blocked')
      expect(await read(order)).toMatchObject({ state: 'canceled', reason: 'target-blocked' })
      await expectBooks(order.customerId)
    })

    test('is blocked once, listed, and known to the inventory', async () => {
      const link = someone()
      expect(await outcomes([block(link), block(link)])).toEqual({ done: 1, 'already-exists': 1 })
      const { blockId } = blockOf(link)
      expect((await readBlocks.open().page(undefined, 100)).blocks.map((one) => one.blockId)).toContain(blockId)
      for (const item of await all(keys.blocked(blockId).pk)) expect(unknownAttributes(item)).toEqual([])
      await lift(link)
      await expect(readBlocks.open().get(blockId)).rejects.toMatchObject({ code: 'block-not-found' })
    })
  })

  test('an order that its provider has stays what it is', async () => {
    const order = await bought(someone())
    const claimed = await submitOrders.open().claim(order.customerId, order.orderId, attempt('a'), now)
    if (!claimed) throw new Error('it could not be claimed')
    await submitOrders.open().sent(claimed, providerOrderId('1'), now)
    const after = await withdrawOrders.open().withdraw(order.customerId, order.orderId, now, 'target-blocked')
    expect(after).toMatchObject({ state: 'pending', refunded: 0n })
  })
})
