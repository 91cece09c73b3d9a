import { expect, test } from 'vitest'
import { exchange, parity } from '../../core/catalogue/exchange.ts'
import type { Fallback, Service } from '../../core/catalogue/service.ts'
import { attempt, type ProviderId, providerId, providerServiceId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import { followFallbacks } from '../../data/follow-fallbacks.ts'
import { keys } from '../../data/keys.ts'
import { failOverOrders, readTried } from '../../data/orders/fail-over.ts'
import { getOrder } from '../../data/orders/get.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { type ClaimedOrder, submitOrders } from '../../data/orders/submit-orders.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { getService } from '../../data/services.ts'
import { submitOrder } from '../../functions/workers/submit-order.ts'
import { available, expectBooks, newCustomer, now, ordersOf, place, sell, write } from './people.ts'
import { onEachTable } from './tables.ts'

const [other, third] = [providerId('other'), providerId('third')]

const stand = (id: ProviderId, more: Record<string, unknown> = {}) =>
  write({
    ...keys.provider(id),
    providerId: id,
    name: id,
    url: 'https://other.example.com/api/v2',
    key: { cipherText: 'k', nonce: 'n', dataKey: 'd' },
    status: 'active',
    createdAt: now.toISOString(),
    ...more,
  })
const at = (provider: ProviderId, more: Partial<Fallback> = {}): Fallback => ({
  providerId: provider,
  providerServiceId: providerServiceId('9'),
  name: 'Followers',
  quoted: rate(900_000n),
  min: 1,
  max: 100_000,
  ...more,
})

/** An order for 1000 that was paid with 1.00, in a worker's hands. */
async function inHand(fallbacks: readonly Fallback[], more: Partial<Service> = {}): Promise<ClaimedOrder> {
  const customer = await newCustomer(5_000_000n)
  const { serviceId } = await sell({ fallbacks, ...more })
  const { orderId } = await place(customer, serviceId)
  return claim({ customerId: customer, orderId })
}
async function claim({ customerId, orderId }: Pick<ClaimedOrder, 'customerId' | 'orderId'>, by = 'attempt'): Promise<ClaimedOrder> {
  const claimed = await submitOrders.open().claim(customerId, orderId, attempt(by), now)
  if (!claimed) throw new Error('the order could not be claimed')
  return claimed
}
const refusedBy = (order: ClaimedOrder) => failOverOrders.open().failOver(order, { reason: 'provider-refused', said: 'No.' }, now)
const stands = async ({ customerId, orderId }: ClaimedOrder) => {
  const order = await getOrder(customerId, orderId)
  if (!order) throw new Error('the order is gone')
  return order
}

onEachTable(() => {
  test('a refused order goes to the next provider, each once, and back to the customer when none is left', async () => {
    await stand(other)
    await stand(third)
    const first = await inHand([at(other), at(third)])
    expect(await refusedBy(first)).toMatchObject({ state: 'accepted', providerId: other })
    expect(await stands(first)).toMatchObject({
      state: 'accepted',
      providerId: other,
      providerServiceId: '9',
      reason: 'failed-over',
    })
    const waiting: number[] = []
    for await (const { orderId } of sweepOrders.open().waiting()) waiting.push(orderId)
    expect(waiting).toContain(first.orderId)

    const second = await claim(first, 'second')
    expect(await refusedBy(second)).toMatchObject({ providerId: third })
    const last = await claim(first, 'last')
    expect(await refusedBy(last)).toBe('nobody')
    await settleOrders.open().refuse(last, 'provider-refused', now, 'No.')
    expect(await stands(first)).toMatchObject({ state: 'refused', refunded: first.charge })
    expect(await available(first.customerId)).toBe(5_000_000n)
    expect(await readTried.open().of(first)).toMatchObject([
      { providerId: 'provider', providerServiceId: '77', reason: 'provider-refused', said: 'No.' },
      { providerId: other, providerServiceId: '9', reason: 'provider-refused', said: 'No.' },
    ])
  })

  test.each([
    ['costs more than was paid', at(other, { quoted: rate(1_000_001n) }), {}],
    ['takes only smaller orders', at(other, { max: 999 }), {}],
    ['takes only larger orders', at(other, { min: 1_001 }), {}],
    ['is paused', at(other), { status: 'paused' }],
    ['is being deleted', at(other), { status: 'closing' }],
    ['counts in what has become dear', at(other), { exchange: exchange(1_200_000_000n) }],
  ])('no order goes to a provider that %s', async (_, fallback, provider) => {
    await stand(other, provider)
    expect(await refusedBy(await inHand([fallback]))).toBe('nobody')
  })

  test('what costs exactly what was paid is not dearer, and what is unknown is passed over', async () => {
    await stand(other, { exchange: parity })
    const order = await inHand([at(providerId('gone')), at(other, { quoted: rate(1_000_000n) })])
    expect(await refusedBy(order)).toMatchObject({ providerId: other })
  })

  test('a service that has become another type since takes the order no further', async () => {
    await stand(other)
    const order = await inHand([at(other)])
    const service = await sell({ serviceId: order.serviceId, type: 'Package', fallbacks: [at(other)] })
    expect(service.serviceId).toBe(order.serviceId)
    expect(await refusedBy(order)).toBe('nobody')
  })

  test('the same refusal told many times at once moves the order once', async () => {
    await stand(other)
    await stand(third)
    const order = await inHand([at(other), at(third)])
    const told = await Promise.all(Array.from({ length: 6 }, () => refusedBy(order)))
    for (const one of told) expect(one).toMatchObject({ providerId: other })
    expect(await readTried.open().of(order)).toHaveLength(1)
    expect((await stands(order)).tried).toHaveLength(1)
  })

  test('going elsewhere and giving the money back at once: one of them happens', async () => {
    await stand(other)
    for (let round = 0; round < 5; round++) {
      const order = await inHand([at(other)])
      const [, refused] = await Promise.all([
        refusedBy(order),
        settleOrders.open().refuse(order, 'provider-refused', now, undefined),
      ])
      const { state, refunded } = await stands(order)
      expect([state, refunded]).toEqual(refused ? ['refused', order.charge] : ['accepted', 0n])
      await expectBooks(order.customerId)
    }
  })

  test('a worker that was given up for lost sends nothing elsewhere any more', async () => {
    await stand(other)
    const order = await inHand([at(other)])
    await sweepOrders.open().lose(order, now)
    expect(await refusedBy(order)).toBe('late')
    expect(await stands(order)).toMatchObject({ state: 'unknown', providerId: 'provider' })
  })

  test('what a provider offers now is what its fallbacks cost, and nobody else’s', async () => {
    const { serviceId } = await sell({ fallbacks: [at(other), at(third)] })
    const rows = [{ providerServiceId: providerServiceId('9'), rate: rate(1_500_000n), min: 5, max: 50 }]
    await followFallbacks.open().follow(other, rows as never)
    const followed = async () => (await getService(serviceId)) ?? { fallbacks: [], revision: 0 }
    expect(await followed()).toMatchObject({
      revision: 1,
      fallbacks: [
        { providerId: other, quoted: 1_500_000n, min: 5, max: 50 },
        { providerId: third, quoted: 900_000n },
      ],
    })
    // The same again changes nothing.
    await followFallbacks.open().follow(other, rows as never)
    expect((await followed()).revision).toBe(1)
    // As another type, its price would mean another thing.
    const others = await sell({ fallbacks: [at(other)] })
    await followFallbacks.open().follow(other, [{ ...rows[0], type: 'Package' }] as never)
    expect((await getService(others.serviceId))?.fallbacks).toEqual([])
    expect((await followed()).fallbacks).toMatchObject([{ providerId: third }])
  })

  test('while its provider is paused, an order goes into the next one’s queue at once; one that staff sent again waits', async () => {
    await stand(other)
    const customer = await newCustomer(5_000_000n)
    const { serviceId } = await sell({ fallbacks: [at(other)] })
    const sent: [unknown, string][] = []
    const uses = {
      orders: submitOrders.open(),
      fallbacks: failOverOrders.open(),
      providers: { get: async () => ({ providerId: providerId('provider'), status: 'paused' }) },
      submit: {
        send: async (messages: { providerId: string }[], group: (message: { providerId: string }) => string) => {
          for (const message of messages) sent.push([message, group(message)])
        },
      },
    }
    const come = async (more: Record<string, unknown> = {}) => {
      const { orderId } = await place(customer, serviceId)
      if (more['sentAgain']) await write({ ...(await ordersOf(customer)).find((item) => item['orderId'] === orderId), ...more })
      const message = { customerId: customer, orderId, providerId: providerId('provider'), returned: 0 }
      await submitOrder.run({ message, uses: uses as never, now, clock: () => now })
      return (await getOrder(customer, orderId)) ?? { state: 'gone' }
    }
    const wentOn = await come()
    expect(wentOn).toMatchObject({ state: 'accepted', providerId: other, reason: 'failed-over' })
    expect(sent).toEqual([[expect.objectContaining({ providerId: other }), other]])
    expect(await come({ sentAgain: true })).toMatchObject({ state: 'parked', providerId: 'provider', reason: 'provider-paused' })
    expect(sent).toHaveLength(1)
    const { orderId } = await place(customer, serviceId)
    await write({ ...(await ordersOf(customer)).find((item) => item['orderId'] === orderId), sentAgain: true })
    const claimed = await submitOrders.open().claim(customer, orderId, attempt('sent again'), now)
    if (!claimed) throw new Error('it could not be taken in hand')
    expect(await failOverOrders.open().failOver(claimed, { reason: 'provider-refused' }, now)).toBe('nobody')
  })
})
