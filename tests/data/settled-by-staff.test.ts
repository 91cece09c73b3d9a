import { expect, test } from 'vitest'
import { attempt, type CustomerId, providerId, providerOrderId } from '../../core/ids.ts'
import { money } from '../../core/money.ts'
import type { Order, OrderReason } from '../../core/orders/order.ts'
import { pollShards } from '../../core/orders/polling.ts'
import { readHead } from '../../data/audit.ts'
import { confirmOrders } from '../../data/orders/confirm-orders.ts'
import { getOrder } from '../../data/orders/get.ts'
import { listOrders } from '../../data/orders/list-orders.ts'
import { listOpenOrders } from '../../data/orders/open-orders.ts'
import { sendOn } from '../../data/orders/send-on.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { settleOutcomes } from '../../data/orders/settle-outcomes.ts'
import type { Decision } from '../../data/orders/staff-decisions.ts'
import { type ClaimedOrder, submitOrders } from '../../data/orders/submit-orders.ts'
import { sweepOrders } from '../../data/orders/sweep-orders.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { audit, available, newCustomer, now, outcomes, place, sell } from './people.ts'
import { onEachTable } from './tables.ts'

const provider = providerId('provider')
const span = { from: new Date(now.getTime() - 60_000), to: new Date(now.getTime() + 60_000) }
let requests = 0

const { confirm } = confirmOrders.open()
const { sendAgain, leave } = sendOn.open()
const { settle } = settleOutcomes.open()
const { claim, lose, park, sent } = submitOrders.open()
const { hear, flag } = settleOrders.open()

const read = async ({ customerId, orderId }: Pick<Order, 'customerId' | 'orderId'>): Promise<Order> => {
  const order = await getOrder(customerId, orderId)
  if (!order) throw new Error('the order is gone')
  return order
}
const decide = (order: Order, requestId = `request-${requests++}`): Decision => ({
  order,
  seen: { state: order.state, reason: order.reason, changedAt: order.changedAt.toISOString() },
  requestId,
  audit: { ...audit, why: 'seen in their list' },
  at: now,
})
/** An order of 1000 for 1.00 that a worker has in hand. */
async function inHand(customer: CustomerId): Promise<ClaimedOrder> {
  const order = await place(customer, (await sell()).serviceId)
  const claimed = await claim(customer, order.orderId, attempt('of the worker'), now)
  if (!claimed) throw new Error('it could not be claimed')
  return claimed
}
async function lost(customer: CustomerId, reason: OrderReason = 'no-answer'): Promise<ClaimedOrder> {
  const order = await inHand(customer)
  await lose(order, reason, now, 'their words')
  return { ...(await read(order)), attempt: order.attempt }
}
async function doubtful(customer: CustomerId, number = `there-${requests++}`): Promise<Order> {
  const order = await inHand(customer)
  await sent(order, providerOrderId(number), now)
  await flag(customer, order.orderId, 'status-unknown', now)
  return read(order)
}
/** With what is absent named, too. */
const whole = (order: Order) => ({ ...order, why: order.reason, again: order.sentAgain })
const number = () => providerOrderId(`found-${requests++}`)
const polled = async ({ orderId }: Order): Promise<boolean> => {
  for await (const open of listOpenOrders.open().accepted(provider, orderId % pollShards, span))
    if (open.orderId === orderId) return true
  return false
}
const beforeStaff = async ({ orderId }: Order): Promise<boolean> =>
  (await listOrders.open().needingStaff([provider], now, undefined, 200)).orders.some((order) => order.orderId === orderId)

onEachTable(() => {
  test('an order that staff found under its number is polled from then on, and its refunds are as any other’s', async () => {
    const customer = await newCustomer(5_000_000n)
    const order = await lost(customer)
    const found = number()
    expect(whole(await confirm(decide(order), found))).toMatchObject({ state: 'pending', providerOrderId: found, why: undefined })
    expect([await polled(order), await beforeStaff(order)]).toEqual([true, false])
    await hear(customer, order.orderId, { status: 'partial', remains: 250 }, now, found)
    expect(await available(customer)).toBe(4_250_000n)
  })

  test('a number that another order goes by is refused, whether it was heard or found', async () => {
    const customer = await newCustomer(5_000_000n)
    const [heard, found] = [await doubtful(customer), number()]
    const [one, other] = [await lost(customer), await lost(customer)]
    const { providerOrderId: taken } = heard
    if (!taken) throw new Error('it has no number')
    await expect(confirm(decide(one), taken)).rejects.toMatchObject({ code: 'provider-number-taken' })
    expect(await outcomes([confirm(decide(one), found), confirm(decide(other), found)])).toEqual({
      done: 1,
      'provider-number-taken': 1,
    })
    expect(await available(customer)).toBe(2_000_000n)
  })

  test('a number that the provider does not find is replaced, and what was said of it is not heard any more', async () => {
    const customer = await newCustomer(5_000_000n)
    const [wrong, right] = [number(), number()]
    const order = await confirm(decide(await lost(customer)), wrong)
    await flag(customer, order.orderId, 'not-found-at-provider', now)
    expect(await confirm(decide(await read(order)), right)).toMatchObject({ state: 'pending', providerOrderId: right })
    await hear(customer, order.orderId, { status: 'canceled' }, now, wrong)
    expect(await read(order)).toMatchObject({ state: 'pending', refunded: 0n })
    expect(await confirm(decide(await lost(customer)), wrong)).toMatchObject({ providerOrderId: wrong })
  })

  test('a worker that comes late with a number and staff who settle at the same moment: one of them wins, and money moves once at most', async () => {
    for (let round = 0; round < 6; round++) {
      const customer = await newCustomer(1_000_000n)
      const order = await lost(customer)
      const [late, mine] = [number(), number()]
      const [news, confirmed, refunded] = await Promise.allSettled([
        sent(order, late, now),
        confirm(decide(order), mine),
        settle(decide(order), 'canceled', undefined, money(1_000_000n)),
      ])
      const after = await read(order)
      const won = [news.status === 'fulfilled' && news.value, confirmed.status === 'fulfilled', refunded.status === 'fulfilled']
      expect(won.filter(Boolean)).toHaveLength(1)
      expect(after).toMatchObject(
        won[0]
          ? { state: 'pending', providerOrderId: late }
          : won[1]
            ? { state: 'pending', providerOrderId: mine }
            : { state: 'canceled', refunded: 1_000_000n },
      )
      expect(await available(customer)).toBe(won[2] ? 1_000_000n : 0n)
    }
  })

  test('after staff have decided, the worker that comes late has no say', async () => {
    const customer = await newCustomer(5_000_000n)
    for (const settleIt of [
      (order: Order) => confirm(decide(order), number()),
      (order: Order) => sendAgain(decide(order)),
      (order: Order) => settle(decide(order), 'canceled', undefined, money(1_000_000n)),
    ]) {
      const order = await lost(customer)
      const after = await settleIt(order)
      expect(await sent(order, number(), now)).toBe(false)
      expect(await read(order)).toEqual(after)
    }
  })

  test('ten who refund the same order at once refund it once, and a second click of one of them is the same refund', async () => {
    const customer = await newCustomer(1_000_000n)
    const order = await lost(customer)
    const one = decide(order)
    const refund = (decision: Decision) => settle(decision, 'partial', 400, money(400_000n))
    const heard = await outcomes([refund(one), ...Array.from({ length: 9 }, () => refund(decide(order)))])
    expect(heard).toEqual({ done: 1, 'changed-meanwhile': 9 })
    expect(await available(customer)).toBe(400_000n)

    const other = await newCustomer(1_000_000n)
    const twice = decide(await lost(other))
    const { seq } = await readHead()
    expect(await outcomes(Array.from({ length: 5 }, () => refund(twice)))).toEqual({ done: 5 })
    expect(await available(other)).toBe(400_000n)
    expect((await readHead()).seq).toBe(seq + 1)
  })

  test.each([
    ['completed', undefined, 0n],
    ['partial', 333, 333_000n],
    ['canceled', undefined, 1_000_000n],
  ] as const)('an unknown outcome settled as %s gives back exactly what was not delivered', async (as, remains, refund) => {
    const customer = await newCustomer(1_000_000n)
    const order = await lost(customer)
    await expect(settle(decide(order), as, remains, money(refund + 1n))).rejects.toMatchObject({ code: 'changed-meanwhile' })
    expect(whole(await settle(decide(order), as, remains, money(refund)))).toMatchObject({
      state: as,
      refunded: refund,
      why: undefined,
    })
    expect(await available(customer)).toBe(refund)
    expect(await beforeStaff(order)).toBe(false)
  })

  test('an order sent again is handed out like a new one, under another attempt, and can be lost and settled again', async () => {
    const customer = await newCustomer(1_000_000n)
    const order = await lost(customer)
    const stale = decide(order)
    expect(whole(await sendAgain(decide(order)))).toMatchObject({ state: 'accepted', sentAgain: true, why: undefined })
    const waiting: number[] = []
    for await (const { orderId } of sweepOrders.open().waiting()) waiting.push(orderId)
    expect(waiting).toContain(order.orderId)
    const again = await claim(customer, order.orderId, attempt('of another worker'), now)
    if (!again) throw new Error('it could not be claimed')
    await lose(again, 'no-answer', new Date(now.getTime() + 5_000), undefined)
    await expect(settle(stale, 'canceled', undefined, money(1_000_000n))).rejects.toMatchObject({ code: 'changed-meanwhile' })
    await settle(decide(await read(order)), 'canceled', undefined, money(1_000_000n))
    expect(await available(customer)).toBe(1_000_000n)
  })

  test('a parked order is sent on at once or refunded, and not settled by what nobody can know', async () => {
    const customer = await newCustomer(5_000_000n)
    const parked = async (): Promise<Order> => {
      const order = await inHand(customer)
      await park(order, 'out-of-funds', now, undefined)
      return read(order)
    }
    const [one, other] = [await parked(), await parked()]
    for (const refused of [() => confirm(decide(one), number()), () => settle(decide(one), 'partial', 1, money(1_000n))])
      await expect(refused()).rejects.toMatchObject({ code: 'order-needs-no-settling' })
    expect(whole(await sendAgain(decide(one)))).toMatchObject({ state: 'accepted', again: undefined })
    expect(await settle(decide(other), 'canceled', undefined, money(1_000_000n))).toMatchObject({ state: 'canceled' })
    expect(await available(customer)).toBe(4_000_000n)
  })

  test('an order that is parked after staff sent it again is still one that may have been delivered: settled as it was, by evidence', async () => {
    const customer = await newCustomer(5_000_000n)
    const parkedAgain = async (): Promise<Order> => {
      const order = await lost(customer)
      await sendAgain(decide(order))
      const again = await claim(customer, order.orderId, attempt(`again-${order.orderId}`), now)
      if (!again) throw new Error('it could not be claimed')
      await park(again, 'out-of-funds', now, undefined)
      return read(order)
    }
    const [found, whole, part, none] = [await parkedAgain(), await parkedAgain(), await parkedAgain(), await parkedAgain()]
    expect(await withdrawOrders.open().withdraw(customer, found.orderId, now)).toMatchObject({ state: 'parked' })
    await confirm(decide(found), number())
    expect(await polled(found)).toBe(true)
    expect(await settle(decide(whole), 'completed', undefined, money(0n))).toMatchObject({ state: 'completed', refunded: 0n })
    expect(await settle(decide(part), 'partial', 300, money(300_000n))).toMatchObject({ state: 'partial', remains: 300 })
    expect(await settle(decide(none), 'canceled', undefined, money(1_000_000n))).toMatchObject({ state: 'canceled' })
    expect(await available(customer)).toBe(1_000_000n + 300_000n + 1_000_000n)
  })

  test('what a provider says of a number that staff put right meanwhile does not bring the order back before them', async () => {
    const customer = await newCustomer(1_000_000n)
    const order = await doubtful(customer)
    await leave(decide(order))
    const before = await read(order)
    await flag(customer, order.orderId, 'not-found-at-provider', now, providerOrderId('another'))
    expect(whole(await read(order))).toEqual(whole(before))
    await flag(customer, order.orderId, 'not-found-at-provider', now, before.providerOrderId)
    expect(await read(order)).toMatchObject({ reason: 'not-found-at-provider' })
  })

  test('staff who settle an order and a provider that says something strange of it at the same moment: neither undoes the other', async () => {
    for (let round = 0; round < 8; round++) {
      const customer = await newCustomer(1_000_000n)
      const order = await doubtful(customer)
      const strange = hear(customer, order.orderId, { status: undefined, said: `word ${round}` }, now)
      const [left] = await Promise.allSettled([leave(decide(order)), strange])
      const after = await read(order)
      // Whoever was last, the order's reason and the list that it is on say the same.
      expect(await beforeStaff(order)).toBe(after.reason !== undefined)
      if (left.status === 'rejected') expect(left.reason).toMatchObject({ code: 'changed-meanwhile' })
    }
  })

  test('an order of which its provider said something strange is settled by staff, or goes on as if that had not been said', async () => {
    const customer = await newCustomer(5_000_000n)
    const [one, other, fine] = [await doubtful(customer), await doubtful(customer), await doubtful(customer)]
    expect(await settle(decide(one), 'partial', 100, money(100_000n))).toMatchObject({ state: 'partial', remains: 100 })
    expect(await settle(decide(other), 'completed', undefined, money(0n))).toMatchObject({ state: 'completed', refunded: 0n })
    expect(whole(await leave(decide(fine)))).toMatchObject({ state: 'pending', why: undefined })
    expect([await polled(fine), await beforeStaff(fine)]).toEqual([true, false])
    await hear(customer, one.orderId, { status: 'partial', remains: 100 }, now, one.providerOrderId)
    expect(await available(customer)).toBe(2_100_000n)
    await expect(leave(decide(await read(fine)))).rejects.toMatchObject({ code: 'order-needs-no-settling' })
  })

  test('a provider that says canceled while staff settle as partial: what goes back is what is owed, once', async () => {
    for (let round = 0; round < 4; round++) {
      const customer = await newCustomer(1_000_000n)
      const order = await doubtful(customer)
      await Promise.allSettled([
        settle(decide(order), 'partial', 300, money(300_000n)),
        hear(customer, order.orderId, { status: 'canceled', remains: 800 }, now, order.providerOrderId),
      ])
      expect(await available(customer)).toBe(800_000n)
      expect(await read(order)).toMatchObject({ state: 'canceled', refunded: 800_000n })
    }
  })
})
