import { expect, test } from 'vitest'
import { orderId } from '../../core/ids.ts'
import { keys } from '../../data/keys.ts'
import { all, available, newCustomer, ordersOf, outcomes, place, sell, write } from './people.ts'
import { onEachTable } from './tables.ts'

const ask = { link: 'https://social.example.com/somebody', quantity: 1_000 }
const asShared = { ...ask, link: 'http://www.social.example.com/somebody/?igsh=abc' }

/** The order as if it had come so far. */
async function becomes(customer: Parameters<typeof ordersOf>[0], state: string): Promise<void> {
  for (const order of await ordersOf(customer)) await write({ ...order, state })
}

onEachTable(() => {
  test('a link with an order under way is refused another, whoever asks, before anything is charged', async () => {
    const [first, second] = [await newCustomer(5_000_000n), await newCustomer(5_000_000n)]
    const { serviceId } = await sell({ denyDuplicates: true })
    await place(first, serviceId, { ask })
    await expect(place(first, serviceId, { ask: asShared })).rejects.toMatchObject({ code: 'link-taken' })
    await expect(place(second, serviceId, { ask })).rejects.toMatchObject({ code: 'link-taken' })
    expect([await available(first), await available(second)]).toEqual([4_000_000n, 5_000_000n])
    expect(await ordersOf(second)).toEqual([])
  })

  test('another link, another service, or a service that allows it: all are taken', async () => {
    const customer = await newCustomer(9_000_000n)
    const [strict, other, lenient] = [await sell({ denyDuplicates: true }), await sell({ denyDuplicates: true }), await sell()]
    await place(customer, strict.serviceId, { ask })
    await place(customer, strict.serviceId, { ask: { ...ask, link: `${ask.link}else` } })
    await place(customer, other.serviceId, { ask })
    await place(customer, lenient.serviceId, { ask })
    await place(customer, lenient.serviceId, { ask })
    expect(await ordersOf(customer)).toHaveLength(5)
    expect(await all(`TARGET#${String(lenient.serviceId).padStart(10, '0')}`)).toEqual([])
  })

  test.each(['completed', 'partial', 'canceled', 'refused'])('once the order is %s, the link is free again', async (state) => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell({ denyDuplicates: true })
    await place(customer, serviceId, { ask })
    await becomes(customer, state)
    const again = await place(customer, serviceId, { ask })
    await expect(place(customer, serviceId, { ask })).rejects.toMatchObject({ code: 'link-taken' })
    expect(await all(`TARGET#${String(serviceId).padStart(10, '0')}`)).toMatchObject([{ orderId: again.orderId }])
  })

  test('an order whose outcome nobody knows keeps its link', async () => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell({ denyDuplicates: true })
    await place(customer, serviceId, { ask })
    await becomes(customer, 'unknown')
    await expect(place(customer, serviceId, { ask })).rejects.toMatchObject({ code: 'link-taken' })
  })

  test('twenty at once for a link: one order, one charge; and one again when that is over', async () => {
    const customer = await newCustomer(30_000_000n)
    const { serviceId } = await sell({ denyDuplicates: true })
    for (const left of [29_000_000n, 28_000_000n]) {
      const heard = await outcomes(Array.from({ length: 20 }, () => place(customer, serviceId, { ask })))
      expect(heard['done']).toBe(1)
      expect(await available(customer)).toBe(left)
      await becomes(customer, 'completed')
    }
  }, 60_000)

  test('a second click on Buy is the first order, not a duplicate', async () => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell({ denyDuplicates: true })
    const requestId = 'a-second-click'
    const [first, second] = await Promise.all([
      place(customer, serviceId, { ask, requestId }),
      place(customer, serviceId, { ask, requestId }),
    ])
    expect(second.orderId).toBe(first.orderId)
    expect(await available(customer)).toBe(4_000_000n)
  })

  test('a target held by an order that does not exist is free', async () => {
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell({ denyDuplicates: true })
    const { orderId: held } = await place(customer, serviceId, { ask })
    const [target] = await all(`TARGET#${String(serviceId).padStart(10, '0')}`)
    await write({ ...target, orderId: orderId(held + 1_000_000) })
    expect(await place(customer, serviceId, { ask })).toMatchObject({ state: 'accepted' })
    expect(keys.target(serviceId, 'x').pk).toBe(target?.['pk'])
  })
})
