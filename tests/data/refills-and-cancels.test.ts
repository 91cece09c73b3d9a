import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Service } from '../../core/catalogue/service.ts'
import { attempt, type CustomerId, type OrderId, providerOrderId, providerRefillId, refillId } from '../../core/ids.ts'
import { unknownAttributes } from '../../core/privacy/inventory.ts'
import { decideCancels, forwardCancels, readCancelRequests } from '../../data/orders/cancel-requests.ts'
import { decideRefills } from '../../data/orders/decide-refills.ts'
import { getOrder } from '../../data/orders/get.ts'
import { listOpenRequests, type OpenRequest, refillsAt } from '../../data/orders/open-requests.ts'
import { refillOutlook } from '../../data/orders/refill-outlook.ts'
import { forwardRefills, readRefills } from '../../data/orders/refills.ts'
import { requestCancels } from '../../data/orders/request-cancels.ts'
import { requestRefills } from '../../data/orders/request-refills.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import type { Provider } from '../../data/providers.ts'
import { sweepRequests } from '../../functions/workers/sweep-orders-requests.ts'
import { aService } from '../fixtures/service.ts'
import { all, audit, available, newCustomer, now, outcomes, place, sell, write } from './people.ts'
import { onEachTable } from './tables.ts'

const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000)
const day = 86_400

const offering = (more: Partial<Service> = {}, source: Partial<Service['source']> = {}) =>
  sell({ refillDays: 30, cancel: true, source: { ...aService().source, refill: true, cancel: true, ...source }, ...more })

async function claimed(customer: CustomerId, order: OrderId) {
  const taken = await submitOrders.open().claim(customer, order, attempt('a'), at(1))
  if (!taken) throw new Error('the order could not be claimed')
  return taken
}

/** An order that is at its provider. */
async function sent(service?: Service) {
  const customer = await newCustomer(5_000_000n)
  const { serviceId } = service ?? (await offering())
  const { orderId } = await place(customer, serviceId)
  await submitOrders.open().sent(await claimed(customer, orderId), providerOrderId('4711'), at(2))
  return { customer, orderId }
}

async function completed(service?: Service) {
  const one = await sent(service)
  await settleOrders.open().hear(one.customer, one.orderId, { status: 'completed' }, at(100))
  return one
}

async function listed(list: AsyncIterable<OpenRequest>): Promise<string[]> {
  const found: string[] = []
  for await (const open of list)
    found.push(open.kind === 'refill' ? `refill ${open.refill.orderId}` : `cancel ${open.request.orderId}`)
  return found
}

async function* nothing(): AsyncGenerator<OpenRequest> {
  // Beside the point here.
}

onEachTable(() => {
  const { request } = requestRefills.open()
  const canceling = requestCancels.open()
  const [refills, cancels] = [forwardRefills.open(), forwardCancels.open()]

  test('a refill that its provider never ends is not asked about for ever: after two weeks without news it is before staff', async () => {
    const { customer, orderId } = await completed()
    const refill = await request(customer, orderId, at(1_000))
    const taken = await refills.claim(refill, attempt('endless'), at(1_001))
    if (!taken) throw new Error('it was not there to be taken')
    await refills.sent(taken, providerRefillId('100'), at(1_002))
    const provider = { providerId: refill.providerId, status: 'active' } as Provider
    const open = { ...listOpenRequests.open(), toForward: nothing, forStaff: nothing }
    const swept = (time: Date) => sweepRequests([provider], { open, refills } as never, time)
    const read = async () => (await readRefills.open().of(customer, orderId)).at(-1)
    await swept(at(13 * day))
    expect(await read()).toMatchObject({ state: 'submitted', askedOf: 'provider' })
    // News begins it anew.
    await refills.hear((await read()) ?? refill, 'in-progress', at(13 * day))
    await swept(at(15 * day))
    expect(await read()).toMatchObject({ state: 'in-progress', askedOf: 'provider' })
    await swept(at(28 * day))
    const handed = await read()
    expect(handed).toMatchObject({ state: 'pending', askedOf: 'staff', reason: 'not-ended', providerRefillId: '100' })
    expect(await listed(listOpenRequests.open().forStaff())).toContain(`refill ${orderId}`)
    if (!handed) throw new Error('it is gone')
    await decideRefills.open().decide(handed, 'complete', { ...audit, why: 'seen there' }, at(29 * day))
    expect(await read()).toMatchObject({ state: 'completed' })
  })

  test('a refill is asked for, sent once, heard of, and over; the next opens a day later', async () => {
    const { customer, orderId } = await completed()
    const refill = await request(customer, orderId, at(1_000))
    expect(refill).toMatchObject({ state: 'pending', askedOf: 'provider', nth: 1, providerOrderId: '4711' })
    expect(await listed(listOpenRequests.open().toForward())).toContain(`refill ${orderId}`)
    const taken = await refills.claim(refill, attempt('x'), at(1_001))
    if (!taken) throw new Error('it was not there to be taken')
    expect(await refills.claim(refill, attempt('y'), at(1_001))).toBeUndefined()
    await refills.sent(taken, providerRefillId('99'), at(1_002))
    const [submitted] = await readRefills.open().of(customer, orderId)
    if (!submitted) throw new Error('it is gone')
    expect(submitted).toMatchObject({ state: 'submitted', providerRefillId: '99' })
    expect(await refillsAt(submitted.providerId)).toBe(true)
    await refills.hear(submitted, 'in-progress', at(2_000))
    await refills.hear({ ...submitted, state: 'in-progress' }, 'completed', at(3_000))
    // News that comes twice, or late, changes nothing.
    await refills.hear({ ...submitted, state: 'in-progress' }, 'rejected', at(3_001))
    const order = await getOrder(customer, orderId)
    if (!order) throw new Error('there is no order')
    expect(await refillOutlook.open().of(order, at(3_600))).toEqual({
      refills: [expect.objectContaining({ state: 'completed' })],
      next: { may: false, because: 'too-soon', opensAt: at(1_000 + day) },
    })
    await expect(request(customer, orderId, at(3_600))).rejects.toMatchObject({
      code: 'refill-unavailable',
      detail: { because: 'too-soon' },
    })
    expect((await request(customer, orderId, at(1_000 + day))).nth).toBe(2)
    const [first] = await readRefills.open().some(customer, [refill.refillId, refillId(2_000_000_000)])
    expect(first?.state).toBe('completed')
    expect(await readRefills.open().some(await newCustomer(), [refill.refillId])).toEqual([])
  })

  test('ten clicks on Refill at once are one refill', async () => {
    const { customer, orderId } = await completed()
    const clicks = Array.from({ length: 10 }, () => request(customer, orderId, at(1_000)))
    expect(await outcomes(clicks)).toEqual({ done: 1, 'refill-unavailable': 9 })
    expect(await readRefills.open().of(customer, orderId)).toHaveLength(1)
  })

  test('what a provider takes back is not refilled, nor what is not completed, nor somebody else’s', async () => {
    const { customer, orderId } = await completed()
    await settleOrders.open().hear(customer, orderId, { status: 'partial', remains: 100 }, at(200))
    await expect(request(customer, orderId, at(300))).rejects.toMatchObject({ detail: { because: 'given-back' } })
    const open = await sent()
    await expect(request(open.customer, open.orderId, at(300))).rejects.toMatchObject({ detail: { because: 'not-completed' } })
    await expect(request(customer, open.orderId, at(300))).rejects.toMatchObject({ code: 'order-not-found' })
  })

  test('a refill asked for while the provider takes the order back is one or the other', async () => {
    for (let round = 0; round < 10; round++) {
      const { customer, orderId } = await completed()
      const [asked] = await Promise.allSettled([
        request(customer, orderId, at(1_000)),
        settleOrders.open().hear(customer, orderId, { status: 'canceled' }, at(1_000)),
      ])
      const refills = await readRefills.open().of(customer, orderId)
      expect(refills).toHaveLength(asked.status === 'fulfilled' ? 1 : 0)
      expect(await available(customer)).toBe(5_000_000n)
    }
  })

  test('what was promised when the order was placed holds, though an import takes it from the service', async () => {
    const service = await offering()
    const { customer, orderId } = await completed(service)
    await write({
      pk: 'CATALOGUE',
      sk: String(service.serviceId).padStart(10, '0'),
      ...(await all('CATALOGUE')).find((item) => item['serviceId'] === service.serviceId),
      refillDays: 0,
    })
    expect((await request(customer, orderId, at(1_000))).askedOf).toBe('provider')
  })

  test('where the provider does not refill, staff are asked; they take it up, and end it with a word to the customer', async () => {
    const { customer, orderId } = await completed(await offering({}, { refill: false }))
    const refill = await request(customer, orderId, at(1_000))
    expect(refill).toMatchObject({ askedOf: 'staff', reason: 'not-offered-by-provider' })
    expect(await listed(listOpenRequests.open().forStaff())).toContain(`refill ${orderId}`)
    // No worker ever takes what is with staff.
    expect(await refills.claim(refill, attempt('x'), at(1_001))).toBeUndefined()
    const decide = decideRefills.open().decide
    await decide(refill, 'start', audit, at(1_100))
    const again = async () => (await readRefills.open().of(customer, orderId)).at(-1) ?? refill
    const started = await again()
    // Two of staff decide at once: one of them does.
    const both = [
      decide(started, 'complete', audit, at(1_200)),
      decide(started, 'reject', { ...audit, why: 'Never dropped' }, at(1_200)),
    ]
    expect(await outcomes(both)).toEqual({ done: 1, 'changed-meanwhile': 1 })
    const end = await again()
    expect(['completed', 'rejected']).toContain(end.state)
    expect(end.memo).toBe(end.state === 'rejected' ? 'Never dropped' : undefined)
    expect(await listed(listOpenRequests.open().forStaff())).not.toContain(`refill ${orderId}`)
  })

  test('what nobody can know goes to staff, who may have it sent again; a worker that was given up still brings its news', async () => {
    const { customer, orderId } = await completed()
    const taken = await refills.claim(await request(customer, orderId, at(1_000)), attempt('x'), at(1_001))
    if (!taken) throw new Error('it was not there to be taken')
    await refills.hand(taken, 'worker-lost', at(1_200), undefined)
    const handed = (await readRefills.open().of(customer, orderId)).at(-1)
    expect(handed).toMatchObject({ state: 'pending', askedOf: 'staff', reason: 'worker-lost' })
    if (!handed) throw new Error('it is gone')
    await decideRefills.open().decide(handed, 'resend', audit, at(1_300))
    await refills.sent(taken, providerRefillId('99'), at(1_301))
    const found = (await readRefills.open().of(customer, orderId)).at(-1)
    expect(found).toMatchObject({ state: 'submitted', askedOf: 'provider', providerRefillId: '99' })
    expect(found?.reason).toBeUndefined()
    // What staff wanted sent again was sent already, so nobody sends it.
    expect(await refills.claim(found ?? handed, attempt('y'), at(1_302))).toBeUndefined()
  })

  test('an order that was not sent is canceled at once, all of it paid back, and nobody is asked', async () => {
    const customer = await newCustomer(5_000_000n)
    const { orderId } = await place(customer, (await offering()).serviceId)
    expect(await canceling.request(customer, orderId, at(1))).toBe('withdrawn')
    expect(await available(customer)).toBe(5_000_000n)
    expect(await readCancelRequests.open().of(customer, orderId)).toBeUndefined()
    await expect(canceling.request(customer, orderId, at(2))).rejects.toMatchObject({ detail: { because: 'over' } })
  })

  test('canceled while a worker takes it in hand: it is sent or paid back, and never both', async () => {
    for (let round = 0; round < 20; round++) {
      const customer = await newCustomer(5_000_000n)
      const { orderId } = await place(customer, (await offering()).serviceId)
      const [asked, taken] = await Promise.all([
        canceling.request(customer, orderId, at(1)),
        sleep(round % 4)
          .then(() => submitOrders.open().claim(customer, orderId, attempt('a'), at(1)))
          // Told to try again: the queue does.
          .catch(() => undefined),
      ])
      expect(asked).toBe(taken ? 'asked' : 'withdrawn')
      expect(await available(customer)).toBe(taken ? 4_000_000n : 5_000_000n)
    }
  })

  test('at its provider it is asked for once, and no money moves until the provider says so', async () => {
    const { customer, orderId } = await sent()
    const clicks = Array.from({ length: 5 }, () => canceling.request(customer, orderId, at(10)))
    expect(await outcomes(clicks)).toEqual({ done: 1, 'cancel-unavailable': 4 })
    const asked = await cancels.get(customer, orderId)
    if (!asked) throw new Error('nobody asked')
    const taken = await cancels.claim(asked, attempt('x'), at(11))
    if (!taken) throw new Error('it was not there to be taken')
    expect(await cancels.claim(asked, attempt('y'), at(11))).toBeUndefined()
    await cancels.take(taken, at(12))
    expect(await available(customer)).toBe(4_000_000n)
    await settleOrders.open().hear(customer, orderId, { status: 'partial', remains: 250 }, at(20))
    expect(await available(customer)).toBe(4_250_000n)
  })

  test('refused, it may be asked for again a day later', async () => {
    const { customer, orderId } = await sent()
    await canceling.request(customer, orderId, at(10))
    const asked = await cancels.get(customer, orderId)
    const taken = asked && (await cancels.claim(asked, attempt('x'), at(11)))
    if (!taken) throw new Error('it was not there to be taken')
    await cancels.refuse(taken, at(12), 'Incorrect order ID')
    await expect(canceling.request(customer, orderId, at(13))).rejects.toMatchObject({ detail: { because: 'too-soon' } })
    expect(await canceling.request(customer, orderId, at(12 + day))).toBe('asked')
    const anew = await cancels.get(customer, orderId)
    expect(anew).toMatchObject({ state: 'pending', askedOf: 'provider' })
    expect(anew?.attempt).toBeUndefined()
  })

  test('where the provider cancels nothing staff are asked, whose word moves no money', async () => {
    const { customer, orderId } = await sent(await offering({}, { cancel: false }))
    await canceling.request(customer, orderId, at(10))
    const asked = await cancels.get(customer, orderId)
    if (!asked) throw new Error('nobody asked')
    expect(await listed(listOpenRequests.open().forStaff())).toContain(`cancel ${orderId}`)
    await decideCancels.open().decide(asked, 'refuse', { ...audit, why: 'It has begun' }, at(20))
    expect(await cancels.get(customer, orderId)).toMatchObject({ state: 'refused', reason: 'staff-refused', memo: 'It has begun' })
    expect(await available(customer)).toBe(4_000_000n)
    await expect(decideCancels.open().decide(asked, 'take', audit, at(21))).rejects.toMatchObject({ code: 'changed-meanwhile' })
  })

  test('everything stored of it is in the inventory of personal data', async () => {
    const { customer, orderId } = await completed()
    const taken = await refills.claim(await request(customer, orderId, at(1_000)), attempt('x'), at(1_001))
    if (!taken) throw new Error('it was not there to be taken')
    await refills.hand(taken, 'answer-unclear', at(1_002), 'What?')
    const other = await sent()
    await canceling.request(other.customer, other.orderId, at(10))
    const items = [
      ...(await all(`REFILL#${customer}`)),
      ...(await all(`REFILL-NUMBER#${customer}`)),
      ...(await all(`CANCEL#${other.customer}`)),
    ]
    expect(items).toHaveLength(3)
    for (const item of items) expect(unknownAttributes(item)).toEqual([])
  })
})
