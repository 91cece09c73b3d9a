import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Service } from '../../core/catalogue/service.ts'
import { attempt, providerId, providerOrderId, providerRefillId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import type { Refill } from '../../core/orders/refill.ts'
import { refillOutlook } from '../../data/orders/refill-outlook.ts'
import { forwardRefills, readRefills } from '../../data/orders/refills.ts'
import { requestRefills } from '../../data/orders/request-refills.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { blockTarget } from '../../functions/admin/block-target.ts'
import { decideRefill } from '../../functions/admin/decide-refill.ts'
import { viewRefill } from '../../functions/kit/request-views.ts'
import { pollOrders } from '../../functions/workers/poll-orders.ts'
import { aService } from '../fixtures/service.ts'
import { newCustomer, now, place, sell, staff } from './people.ts'
import { onEachTable } from './tables.ts'

const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000)
const someone = () => `https://photos.example.com/${randomUUID().slice(0, 8)}`

function opened<U extends Readonly<Record<string, { open(): unknown }>>>(uses: U): Opened<U> {
  return Object.fromEntries(Object.entries(uses).map(([name, need]) => [name, need.open()])) as Opened<U>
}

const offering = (source: Partial<Service['source']> = {}) =>
  sell({ refillDays: 30, source: { ...aService().source, refill: true, ...source } })

/** An order that was completed at its provider. */
async function completed(link: string, service?: Service): Promise<Order> {
  const customer = await newCustomer(5_000_000n)
  const { serviceId } = service ?? (await offering())
  const order = await place(customer, serviceId, { ask: { link, quantity: 1_000 } })
  const taken = await submitOrders.open().claim(customer, order.orderId, attempt('a'), at(1))
  if (!taken) throw new Error('the order could not be claimed')
  await submitOrders.open().sent(taken, providerOrderId('4711'), at(2))
  await settleOrders.open().hear(customer, order.orderId, { status: 'completed' }, at(100))
  return { ...order, state: 'completed', changedAt: at(100) }
}

const ask = ({ customerId, orderId }: Order) => requestRefills.open().request(customerId, orderId, at(1_000))
const read = async ({ customerId, orderId }: Order): Promise<Refill> => {
  const refill = (await readRefills.open().of(customerId, orderId)).at(-1)
  if (!refill) throw new Error('there is no refill')
  return refill
}

const providers = { all: async () => [{ providerId: providerId('p') }] }
const block = (link: string) =>
  blockTarget.run({
    caller: { staffId: staff },
    body: { link, memo: 'The code was in the bio.' },
    uses: { ...opened(blockTarget.uses), providers },
    now: at(2_000),
  } as never)

/** What its provider hears when the worker meets the refill. */
async function forward({ customerId, orderId, nth, providerId }: Refill, uses: object = {}): Promise<string[]> {
  const asked: string[] = []
  const { refills, ...others } = opened({ refills: forwardRefills })
  await pollOrders.run({
    message: { kind: 'refill', customerId, orderId, nth, providerId },
    uses: {
      ...opened(pollOrders.uses),
      ...others,
      refills,
      providers: { find: async () => ({ providerId, status: 'active', url: '', key: {}, atOnce: 9 }) },
      vault: { open: async () => 'a key' },
      outside: {
        call: async (_: unknown, { action }: { action: string }) => {
          asked.push(action)
          return { kind: 'answer', status: 200, body: '{"refill":"17"}' }
        },
      },
      ...uses,
    },
    now: at(2_100),
    clock: () => at(2_100),
  } as never)
  return asked
}

const decide = (refill: Refill, decision: 'start' | 'complete' | 'resend') =>
  decideRefill.run({
    caller: { staffId: staff },
    path: { customerId: refill.customerId, refillId: String(refill.refillId) },
    body: { decision },
    uses: opened(decideRefill.uses),
    now: at(3_000),
  } as never)

onEachTable(() => {
  describe('of an order whose target is blocked since', () => {
    test('no refill is asked for, and the customer reads why', async () => {
      const link = someone()
      const order = await completed(`${link}/post/7`)
      expect((await refillOutlook.open().of(order, at(900))).next).toMatchObject({ may: true })
      await block(link)
      expect((await refillOutlook.open().of(order, at(2_500))).next).toEqual({ may: false, because: 'target-blocked' })
      await expect(ask(order)).rejects.toMatchObject({ code: 'refill-unavailable', detail: { because: 'target-blocked' } })
      expect(await readRefills.open().of(order.customerId, order.orderId)).toEqual([])
    })

    test('a refill that waits is ended by the block: its provider hears nothing, and the customer reads why', async () => {
      const link = someone()
      const [order, other] = [await completed(`${link}/post/7`), await completed(`${link}x`)]
      await ask(order)
      await ask(other)
      expect(await block(link)).toMatchObject({ refills: 1 })
      const refill = await read(order)
      expect(refill).toMatchObject({ state: 'rejected', reason: 'target-blocked' })
      expect(viewRefill(refill)).toMatchObject({ because: 'target-blocked' })
      expect(await forward(refill)).toEqual([])
      expect(await forward(await read(other))).toEqual(['refill'])
    })

    test('one that is on its way to its provider is not sent', async () => {
      const link = someone()
      const order = await completed(link)
      const refill = await ask(order)
      const refills = forwardRefills.open()
      const claim: typeof refills.claim = async (...taking) => {
        const claimed = await refills.claim(...taking)
        // Nobody calls it off any more: it is in a worker's hands.
        expect(await block(link)).toMatchObject({ refills: 0 })
        return claimed
      }
      // It is asked for after it was taken in hand, so the block is seen.
      expect(await forward(refill, { refills: { ...refills, claim } })).toEqual([])
      expect(await read(order)).toMatchObject({ state: 'rejected', reason: 'target-blocked' })
    })

    test('one that cannot be looked up waits, and is not taken for sent', async () => {
      const order = await completed(someone())
      const refill = await ask(order)
      const blocks = { holds: async () => Promise.reject(new Error('the table is away')) }
      await expect(forward(refill, { targets: blocks })).rejects.toThrow('the table is away')
      expect(await read(order)).toMatchObject({ state: 'pending', askedOf: 'provider' })
      expect(await forward(await read(order))).toEqual(['refill'])
    })

    test('staff neither take one up nor send it again; whichever waits with them is ended', async () => {
      for (const decision of ['start', 'resend'] as const) {
        const link = someone()
        const order = await completed(link)
        const refill = await ask(order)
        await forwardRefills.open().hand(refill, 'no-answer', at(1_100), undefined)
        // As it is where the block did not reach it: an index lags behind.
        const { orders, refills, ...uses } = opened(blockTarget.uses)
        const blind = { orders, refills: { ...refills, find: async () => [] }, ...uses, providers }
        const body = { link, memo: 'The code was in the bio.' }
        await blockTarget.run({ caller: { staffId: staff }, body, uses: blind, now: at(2_000) } as never)
        await expect(decide(await read(order), decision)).rejects.toMatchObject({ code: 'target-blocked' })
        expect(await read(order)).toMatchObject({ state: 'rejected', reason: 'target-blocked' })
      }
    })

    test('what staff do by hand is ended, and what a provider has goes on', async () => {
      const link = someone()
      const byHand = await completed(link, await offering({ refill: false }))
      await ask(byHand)
      await decide(await read(byHand), 'start')
      const there = await completed(link)
      const taken = await forwardRefills.open().claim(await ask(there), attempt('x'), at(1_001))
      if (!taken) throw new Error('it was not there to be taken')
      await forwardRefills.open().sent(taken, providerRefillId('99'), at(1_002))
      expect(await block(link)).toMatchObject({ refills: 1 })
      expect(await read(byHand)).toMatchObject({ state: 'rejected', reason: 'target-blocked' })
      expect(await read(there)).toMatchObject({ state: 'submitted' })
    })

    test('raced by its block, a refill is sent or turned down, and never waits', async () => {
      for (let round = 0; round < 5; round++) {
        const link = someone()
        const order = await completed(link)
        const refill = await ask(order)
        const [asked] = await Promise.all([forward(refill), block(link)])
        const { state } = await read(order)
        expect(['submitted', 'rejected']).toContain(state)
        expect(asked).toEqual(state === 'submitted' ? ['refill'] : [])
      }
    })
  })
})
