import { expect, test } from 'vitest'
import { customerId, orderId } from '../../core/ids.ts'
import { dayOf, later } from '../../core/time.ts'
import { acceptedAt, acceptedOn, acceptedShards, keys } from '../../data/keys.ts'
import { sampleOrders } from '../../data/orders/sample-orders.ts'
import { write } from './people.ts'
import { onEachTable } from './tables.ts'

const customer = customerId('sampled')

/** Orders spread evenly over a day, as the table keeps them. */
async function ordersOf(day: Date, count: number, first: number): Promise<void> {
  const items = Array.from({ length: count }, (_, index) => {
    const id = orderId(first + index)
    const at = later(day, (index * 86_000) / count)
    return {
      ...keys.order(customer, id),
      orderId: id,
      customerId: customer,
      serviceId: 1,
      type: 'Default',
      link: 'https://photo.network/p/1',
      quantity: 100,
      charge: 100,
      refunded: 0,
      state: 'completed',
      acceptedAt: acceptedAt(at, id),
      acceptedOn: acceptedOn(dayOf(at), id % acceptedShards),
      providerId: 'provider',
      providerServiceId: '1',
    }
  })
  for (let from = 0; from < items.length; from += 50) await Promise.all(items.slice(from, from + 50).map(write))
}

async function some(from: Date, to: Date, turn: number): Promise<Set<number>> {
  const found = new Set<number>()
  for await (const order of sampleOrders.open().some(from, to, turn)) found.add(order.orderId)
  return found
}

onEachTable(() => {
  test('all orders of a few days are looked at, and of a day with very many some of every part of it', async () => {
    const quiet = new Date('2025-03-01T00:00:00.000Z')
    await ordersOf(quiet, 60, 1)
    expect((await some(quiet, later(quiet, 86_400), 0.3)).size).toBe(60)

    const busy = new Date('2025-05-01T00:00:00.000Z')
    const count = 1_600
    await ordersOf(busy, count, 10_000)
    const [one, other] = [await some(busy, later(busy, 86_399), 0), await some(busy, later(busy, 86_399), 0.9)]
    expect(one.size).toBeLessThanOrEqual(4 * 168)
    expect(one.size).toBeGreaterThan(4 * 100)
    const parts = new Set([...one].map((id) => Math.floor(((id - 10_000) * 8) / count)))
    expect(parts.size).toBe(8)
    // Another hour looks at others besides: in time nearly all are seen.
    expect(new Set([...one, ...other]).size).toBeGreaterThan(one.size * 1.2)
  }, 60_000)
})
