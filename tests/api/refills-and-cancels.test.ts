import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import {
  at,
  behave,
  type Customer,
  must,
  newCustomer,
  newKey,
  newStaff,
  ownersConsole,
  protocol,
  providersOrders,
  until,
} from './people.ts'

interface Row {
  readonly service: number
  readonly type: string
  readonly min: string
  readonly refill: boolean
  readonly cancel: boolean
}
interface Whole {
  readonly state: string
  readonly refunded: string
  readonly charge: string
  readonly refills: readonly { readonly refillId: number; readonly state: string; readonly memo?: string }[]
  readonly refill: { readonly may: boolean; readonly because?: string; readonly opensAt?: string }
  readonly cancelRequest?: { readonly state: string }
  readonly cancel: { readonly may: boolean; readonly how?: string; readonly because?: string }
}

const usual = { faultRate: 0, partialRate: 0, secondsToComplete: 1 }
let customer: Customer
let key: string
let services: readonly Row[]
let support: Browser

beforeAll(async () => {
  await behave(usual)
  ;[customer, support] = await Promise.all([newCustomer('50'), newStaff('support')])
  key = await newKey(customer)
  services = (await protocol({ key, action: 'services' })) as unknown as readonly Row[]
})
afterAll(() => behave(usual))

const offering = (refill: boolean, cancel: boolean): Row => {
  const row = services.find((one) => one.type === 'Default' && one.refill === refill && one.cancel === cancel)
  if (!row) throw new Error('the sandbox provider offers no such service')
  return row
}
const links = new Map<number, string>()
async function order({ service, min }: Row, wait = true): Promise<number> {
  const link = `https://photo.network/${randomUUID()}`
  const { order } = await protocol({ key, action: 'add', service, link, quantity: min })
  links.set(Number(order), link)
  if (wait)
    await until(
      async () => (await protocol({ key, action: 'status', order: Number(order) }))['status'] === 'Completed' || undefined,
      `order ${order}`,
    )
  return Number(order)
}
const read = async (number: number) => (await customer.page.call('GET', `/api/orders/${number}`)).body as unknown as Whole
const upstream = async (number: number) => {
  const found = (await providersOrders()).find((one) => one.link === links.get(number))
  return found?.order
}
const control = async (): Promise<{
  readonly refills: { readonly order: number; readonly body: string }[]
  readonly cancels: { readonly order: number; readonly body: string }[]
}> => (await fetch(`${at.control}/refills`)).json()

describe('refill', () => {
  test('is asked for in the protocol’s own form, reaches the provider once with nothing but the order, and is heard of', async () => {
    const [number, other] = await Promise.all([order(offering(true, true)), order(offering(false, false))])
    const reply = await protocol({ key, action: 'refill', order: number })
    expect(reply).toEqual({ refill: expect.stringMatching(/^\d+$/) })
    expect(await protocol({ key, action: 'refill', order: number })).toEqual({ error: 'Order not eligible for refill' })
    expect(await protocol({ key, action: 'refill', orders: `${other},2000000000,x` })).toEqual([
      { order: other, refill: { error: 'Order not eligible for refill' } },
      { order: 2_000_000_000, refill: { error: 'Incorrect order ID' } },
      { order: 'x', refill: { error: 'Incorrect order ID' } },
    ])
    const refill = Number(reply['refill'])
    expect(await protocol({ key, refills: `${refill},2000000000,x` })).toEqual([
      { refill, status: expect.stringMatching(/^(Pending|In progress|Completed)$/) },
      { refill: 2_000_000_000, status: { error: 'Refill not found' } },
      { refill: 'x', status: { error: 'Refill not found' } },
    ])
    await until(
      async () => (await protocol({ key, action: 'refill_status', refill }))['status'] === 'Completed' || undefined,
      'the refill',
    )
    const theirNumber = await upstream(number)
    const [theirs, ...more] = (await control()).refills.filter((one) => one.order === theirNumber)
    expect(more).toEqual([])
    expect([...new URLSearchParams(theirs?.body).keys()].toSorted()).toEqual(['action', 'key', 'order'])
    expect(await read(number)).toMatchObject({
      refills: [{ refillId: refill, state: 'completed' }],
      refill: { may: false, because: 'too-soon', opensAt: expect.any(String) },
    })
  })

  test('of a list answers numbers, and of orders alone without an action nothing is made', async () => {
    const numbers = await Promise.all([order(offering(true, true)), order(offering(true, false))])
    expect(await protocol({ key, orders: numbers.join(',') })).toEqual({ error: 'Incorrect request' })
    expect(await protocol({ key, action: 'refill', orders: [...numbers, numbers[0]].join(',') })).toEqual([
      { order: numbers[0], refill: expect.any(Number) },
      { order: numbers[1], refill: expect.any(Number) },
      { order: numbers[0], refill: expect.any(Number) },
    ])
    const ids = Array.from({ length: 101 }, (_, index) => index + 1).join(',')
    for (const asked of [
      { action: 'refill', orders: ids },
      { refills: ids },
      { action: 'cancel', orders: ids },
      { action: 'refill' },
      { action: 'cancel' },
    ])
      expect(await protocol({ key, ...asked })).toEqual({ error: 'Incorrect request' })
    expect(await protocol({ key, refill: 2_000_000_000 })).toEqual({ error: 'Incorrect refill ID' })
  })

  test('of somebody else’s order, or its number, is there for nobody; and a key’s scope is kept', async () => {
    const number = await order(offering(true, true))
    const { refill } = await protocol({ key, action: 'refill', order: number })
    const theirs = await newKey(await newCustomer())
    expect(await protocol({ key: theirs, action: 'refill', order: number })).toEqual({ error: 'Incorrect order ID' })
    expect(await protocol({ key: theirs, action: 'refill_status', refill: String(refill) })).toEqual({
      error: 'Incorrect refill ID',
    })
    expect(await protocol({ key: theirs, action: 'cancel', order: number })).toEqual([
      { order: number, cancel: { error: 'Incorrect order ID' } },
    ])
    const { key: reading } = await must(
      customer.page.call('POST', '/api/keys', { name: 'reads', scope: 'read', addresses: [] }),
      'a key',
    )
    expect(await protocol({ key: String(reading), refill: String(refill) })).toEqual({ status: expect.any(String) })
    for (const action of ['refill', 'cancel'])
      expect(await protocol({ key: String(reading), action, order: number })).toEqual({ error: 'Not allowed with this API key' })
  })

  test('that the provider turns down stands before staff or is rejected, never asked for twice; staff’s word reaches the customer', async () => {
    // Sold with refills, and bought without: staff do it.
    const [row, owner] = [offering(false, false), await ownersConsole()]
    const number = await order(row)
    const { revision } = (await owner.call('GET', `/api/admin/services/${row.service}`)).body as { revision: number }
    await must(owner.call('PATCH', `/api/admin/services/${row.service}`, { revision, change: { refillDays: 30 } }), 'the service')
    const made = await must(customer.page.call('POST', `/api/orders/${number}/refills`), 'a refill')
    expect(made).toMatchObject({ state: 'pending' })
    const waiting = await until(async () => {
      const { refills } = (await support.call('GET', '/api/admin/requests')).body as { refills: readonly Record<string, unknown>[] }
      return refills.find((one) => one['orderId'] === number)
    }, 'the refill before staff')
    expect(waiting).toMatchObject({ askedOf: 'staff', reason: 'not-offered-by-provider' })
    const path = `/api/admin/refills/${waiting['customerId']}/${waiting['refillId']}`
    expect((await support.call('PUT', path, { decision: 'reject' })).status).toBe(400)
    await must(support.call('PUT', path, { decision: 'reject', memo: 'Nothing was lost' }), 'the decision')
    expect((await support.call('PUT', path, { decision: 'complete' })).status).toBe(409)
    expect(await read(number)).toMatchObject({ refills: [{ state: 'rejected', memo: 'Nothing was lost' }] })
    expect(await protocol({ key, refill: Number(waiting['refillId']) })).toEqual({ status: 'Rejected' })
    expect(JSON.stringify(await read(number))).not.toMatch(/not-offered-by-provider|askedOf|providerRefillId/)
    expect((await support.call('GET', `/api/admin/orders/${number}`)).body).toMatchObject({
      refills: [{ state: 'rejected', reason: 'staff-refused' }],
    })
  })
})

describe('cancel', () => {
  test('of an order at its provider is asked for once, and the money comes back when the provider says so', async () => {
    await behave({ secondsToComplete: 60 })
    const number = await order(offering(true, true), false)
    await until(() => upstream(number), 'submission')
    expect(await protocol({ key, action: 'cancel', orders: `${number},2000000000` })).toEqual([
      { order: number, cancel: 1 },
      { order: 2_000_000_000, cancel: { error: 'Incorrect order ID' } },
    ])
    const over = await until(async () => {
      const whole = await read(number)
      return ['canceled', 'partial'].includes(whole.state) ? whole : undefined
    }, 'the refund')
    expect(Number(over.refunded)).toBeGreaterThan(0)
    expect(over.cancel).toEqual({ may: false, because: 'over' })
    const theirs = (await control()).cancels.at(-1)
    expect([...new URLSearchParams(theirs?.body).keys()].toSorted()).toEqual(['action', 'key', 'orders'])
    await behave(usual)
  })

  test('of one that is over, or is not canceled by its service, is refused with the reason', async () => {
    await behave({ secondsToComplete: 60 })
    const number = await order(offering(true, false), false)
    await until(() => upstream(number), 'submission')
    expect(await protocol({ key, action: 'cancel', order: number })).toEqual([
      { order: number, cancel: { error: 'Order cannot be canceled' } },
    ])
    const { status, body } = await customer.page.call('POST', `/api/orders/${number}/cancellation`)
    expect([status, body]).toMatchObject([409, { error: { code: 'cancel-unavailable', detail: { because: 'not-offered' } } }])
    expect((await customer.page.call('POST', '/api/orders/x/cancellation')).status).toBe(404)
    await behave(usual)
  })

  test('of an order that waits for its provider pays all of it back at once', async () => {
    await behave({ faultRate: 1, addFault: 'out-of-funds' })
    const number = await order(offering(true, true), false)
    await until(async () => (await read(number)).state === 'parked' || undefined, 'parking')
    expect((await read(number)).cancel).toEqual({ may: true, how: 'withdraw' })
    expect(await must(customer.page.call('POST', `/api/orders/${number}/cancellation`), 'a cancellation')).toEqual({
      outcome: 'withdrawn',
    })
    const whole = await read(number)
    expect([whole.state, whole.refunded]).toEqual(['canceled', whole.charge])
    await behave(usual)
  })
})
