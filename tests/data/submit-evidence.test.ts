import { expect, test } from 'vitest'
import { attempt, type CustomerId, providerId } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { checkBlocks } from '../../data/blocked.ts'
import { knownErrorTexts } from '../../data/error-texts.ts'
import { getOrder } from '../../data/orders/get.ts'
import { sendOn } from '../../data/orders/send-on.ts'
import { keepSendings, readSendings } from '../../data/orders/sendings.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { providerLines } from '../../data/provider-lines.ts'
import { readServices } from '../../data/services.ts'
import { submitOrder } from '../../functions/workers/submit-order.ts'
import { audit, available, newCustomer, now, place, sell } from './people.ts'
import { onEachTable } from './tables.ts'

const busy = { kind: 'answer', status: 200, body: '{"error":"neworder.error.link_duplicate"}' }
const silence = { kind: 'no-answer', why: 'it took too long' }
const balance = (amount: string) => ({ kind: 'answer', status: 200, body: `{"balance":"${amount}","currency":"USD"}` })

/** The worker takes the order in hand, and its provider answers so, one call after the other. */
async function submit({ customerId, orderId, providerId }: Order, atOnce: number, answers: readonly object[]): Promise<string[]> {
  const asked: string[] = []
  const left = [...answers]
  const uses = {
    ...{ orders: submitOrders.open(), settle: settleOrders.open(), services: readServices.open(), sendings: keepSendings.open() },
    ...{ blocks: checkBlocks.open(), withdrawing: withdrawOrders.open() },
    ...{ texts: knownErrorTexts.open(), lines: providerLines.open() },
    providers: { get: async () => ({ providerId, status: 'active', url: '', key: {}, atOnce }) },
    pausing: { pause: async () => undefined },
    vault: { open: async () => 'a key' },
    outside: {
      call: async (_: unknown, { action }: { action: string }) => {
        asked.push(action)
        return left.shift()
      },
    },
  }
  await submitOrder.run({ message: { customerId, orderId, providerId, returned: 0 }, uses: uses as never, now, clock: () => now })
  return asked
}
const read = async ({ customerId, orderId }: Order): Promise<Order> => {
  const order = await getOrder(customerId, orderId)
  if (!order) throw new Error('the order is gone')
  return order
}
const newOrder = async (customer: CustomerId): Promise<Order> => place(customer, (await sell()).serviceId)
const evidenceOf = (order: Order) => readSendings.open().of(order, now)

onEachTable(() => {
  test('a provider that gets one call at a time is asked for its balance around a call that nobody hears of', async () => {
    const order = await newOrder(await newCustomer(1_000_000n))
    expect(await submit(order, 1, [balance('100.00'), silence, balance('99.50')])).toEqual(['balance', 'add', 'balance'])
    expect(await evidenceOf(order)).toMatchObject([
      {
        providerId: 'provider',
        reason: 'no-answer',
        why: 'it took too long',
        before: '100.00',
        after: '99.50',
        currency: 'USD',
        cost: 500_000n,
      },
    ])
    const other = await newOrder(await newCustomer(1_000_000n))
    expect(await submit(other, 10, [silence])).toEqual(['add'])
    expect(await evidenceOf(other)).toMatchObject([{ reason: 'no-answer' }])
  })

  test('an answer that is clear leaves no evidence, and no second question', async () => {
    const order = await newOrder(await newCustomer(1_000_000n))
    expect(await submit(order, 10, [{ kind: 'answer', status: 200, body: '{"order":17}' }])).toEqual(['add'])
    expect(await evidenceOf(order)).toEqual([])
    expect(
      await submit(await newOrder(await newCustomer(1_000_000n)), 1, [balance('1'), { ...busy, body: '{"order":18}' }]),
    ).toEqual(['balance', 'add'])
  })

  test('a link that is busy parks an order the first time, and leaves one that staff sent again unknown: it may be the order itself', async () => {
    const customer = await newCustomer(2_000_000n)
    const first = await newOrder(customer)
    await submit(first, 10, [busy])
    expect(await read(first)).toMatchObject({ state: 'parked', reason: 'link-busy' })

    const again = await newOrder(customer)
    await submit(again, 10, [silence])
    const lost = await read(again)
    const seen = { state: lost.state, reason: lost.reason, changedAt: lost.changedAt.toISOString() }
    await sendOn.open().sendAgain({ order: lost, seen, requestId: 'again', audit, at: now })
    await submit(again, 10, [busy])
    expect(await read(again)).toMatchObject({ state: 'unknown', reason: 'link-busy' })
    expect((await evidenceOf(again)).map(({ reason }) => reason).toSorted()).toEqual(['link-busy', 'no-answer'])
    expect(await available(customer)).toBe(0n)
  })

  test('one that staff sent again and that is refused is unknown again: it goes to nobody else, and no money moves by itself', async () => {
    const customer = await newCustomer(2_000_000n)
    const again = await newOrder(customer)
    await submit(again, 10, [silence])
    const lost = await read(again)
    const seen = { state: lost.state, reason: lost.reason, changedAt: lost.changedAt.toISOString() }
    await sendOn.open().sendAgain({ order: lost, seen, requestId: 'refused', audit, at: now })
    await submit(again, 10, [{ kind: 'answer', status: 200, body: '{"error":"Incorrect service ID"}' }])
    expect(await read(again)).toMatchObject({ state: 'unknown', reason: 'refused-again' })
    expect((await evidenceOf(again)).map(({ reason }) => reason).toSorted()).toEqual(['no-answer', 'refused-again'])
    expect(await available(customer)).toBe(1_000_000n)
  })

  test('a number that comes when others have settled the order is kept for them', async () => {
    const order = await newOrder(await newCustomer(1_000_000n))
    const claim = submitOrders.open()
    const overtaken = {
      ...claim,
      claim: async () => {
        const claimed = await claim.claim(order.customerId, order.orderId, attempt('of a worker that is late'), now)
        if (claimed) await claim.release(claimed, now)
        return claimed
      },
    }
    const uses = {
      ...{ orders: overtaken, settle: settleOrders.open(), services: readServices.open(), sendings: keepSendings.open() },
      ...{ blocks: checkBlocks.open(), withdrawing: withdrawOrders.open() },
      ...{ texts: knownErrorTexts.open(), lines: providerLines.open() },
      providers: { get: async () => ({ providerId: providerId('provider'), status: 'active', url: '', key: {}, atOnce: 10 }) },
      pausing: { pause: async () => undefined },
      vault: { open: async () => 'a key' },
      outside: { call: async () => ({ kind: 'answer', status: 200, body: '{"order":19}' }) },
    }
    await submitOrder.run({ message: { ...order, returned: 0 }, uses: uses as never, now, clock: () => now })
    expect(await evidenceOf(order)).toMatchObject([{ lateNumber: '19' }])
    expect(await read(order)).toMatchObject({ state: 'accepted' })
  })
})
