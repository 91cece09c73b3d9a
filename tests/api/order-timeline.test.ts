import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { behave, type Customer, must, newCustomer, newKey, newStaff, protocol, serviceOf, until } from './people.ts'

type Answer = Record<string, unknown> & {
  readonly state: string
  readonly history: {
    readonly steps: { readonly state: string; readonly at: string; readonly reason?: string }[]
    readonly skipped: number
  }
  readonly movements: { readonly kind: string; readonly amount: string; readonly cause: string; readonly at: string }[]
  readonly steps: { readonly state: string; readonly at: string }[]
}

let support: Browser
let buyer: Customer
const usual = { faultRate: 0, partialRate: 0, secondsToComplete: 2 }
beforeAll(async () => {
  await behave(usual)
  ;[support, buyer] = await Promise.all([newStaff('support'), newCustomer('20')])
})
afterAll(() => behave(usual))

async function order(more: Record<string, unknown> = {}, type = 'Default'): Promise<number> {
  const { serviceId, min } = await serviceOf(type)
  const wish = { requestId: randomUUID(), serviceId, link: `https://photo.network/${randomUUID()}`, quantity: min, ...more }
  return Number((await must(buyer.page.call('POST', '/api/orders', wish), 'an order'))['orderId'])
}
const whole = async (orderId: number) => (await support.call('GET', `/api/admin/orders/${orderId}`)).body as Answer
const own = async (orderId: number) => (await buyer.page.call('GET', `/api/orders/${orderId}`)).body as Answer
const come = (orderId: number, state: string): Promise<Answer> =>
  until(async () => {
    const found = await whole(orderId)
    return found.state === state ? found : undefined
  }, `order ${orderId} being ${state}`)

test('staff read every step of an order and its money, the customer the steps without the tries', async () => {
  const orderId = await order()
  const { history, movements } = await come(orderId, 'completed')
  const states = history.steps.map(({ state }) => state)
  expect([states[0], states[1], states.at(-1)]).toEqual(['submitting', 'pending', 'completed'])
  expect(history.steps.map(({ at }) => at)).toEqual(history.steps.map(({ at }) => at).toSorted())
  const { charge, steps, acceptedAt } = await own(orderId)
  expect(movements).toEqual([{ at: acceptedAt, kind: 'order', amount: `-${charge}`, cause: `order ${orderId}` }])
  expect(steps.map(({ state }) => state)).toEqual(states.filter((state) => state !== 'submitting'))
})

test('a refusal is told to staff in the provider’s own words, with the refund; customers and keys do not hear them', async () => {
  await behave({ faultRate: 1, addFault: 'refuse' })
  const orderId = await order()
  const found = await come(orderId, 'refused')
  await behave(usual)
  expect(found).toMatchObject({ said: 'neworder.error.link', reason: 'provider-refused' })
  expect(found.history.steps).toMatchObject([{ state: 'submitting' }, { state: 'refused', reason: 'provider-refused' }])
  expect(found.movements).toMatchObject([
    { kind: 'order', amount: `-${found['charge']}` },
    { kind: 'refund', amount: found['charge'], cause: `refund of order ${orderId} up to remains ${found['quantity']}` },
  ])
  const key = await newKey(buyer)
  const told = [
    await own(orderId),
    (await buyer.page.call('GET', '/api/orders')).body,
    await protocol({ key, action: 'status', order: orderId }),
  ]
  expect(JSON.stringify(told)).not.toMatch(/neworder\.error\.link|provider-refused|"said"|"history"|"movements"/)
  expect((await own(orderId)).steps.map(({ state }) => state)).toEqual(['refused'])
})

test('a page of markup in place of an answer is kept as plain words, and short', async () => {
  await behave({ faultRate: 1, addFault: 'html' })
  const found = await come(await order(), 'unknown')
  await behave(usual)
  expect(found['reason']).toBe('answer-unclear')
  expect(String(found['said'])).not.toMatch(/[<>]/)
  expect(Buffer.byteLength(String(found['said']))).toBeLessThanOrEqual(120)
})

test('a part that was not delivered is in the timeline with its refund', async () => {
  await behave({ partialRate: 1, secondsToComplete: 1 })
  const orderId = await order()
  const found = await come(orderId, 'partial')
  await behave(usual)
  expect(found.history.steps.at(-1)?.state).toBe('partial')
  expect(found.movements.map(({ kind }) => kind)).toEqual(['order', 'refund'])
  expect(found.movements[1]?.amount).toBe(found['refunded'])
})

test('comments and long links are read with the order', async () => {
  const link = `https://photo.network/${'x'.repeat(900)}`
  const orderId = await order({ link, comments: 'a\nb\nc\nd\ne', quantity: undefined }, 'Custom Comments')
  expect(await whole(orderId)).toMatchObject({ link, comments: 'a\nb\nc\nd\ne' })
})
