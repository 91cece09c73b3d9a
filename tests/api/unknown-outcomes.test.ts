import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { behave, type Customer, must, newCustomer, newStaff, providersOrders, serviceOf, until } from './people.ts'
import { auditOf } from './table.ts'

type Body = Record<string, unknown>
const usual = { faultRate: 0, partialRate: 0, secondsToComplete: 2 }
const memo = 'seen in their list'
const codeOf = ({ body }: { body: Body }): unknown => (body['error'] as { code?: string } | undefined)?.code
const available = async ({ page }: Customer) => (await page.call('GET', '/api/wallet')).body['available']

let [finance, support]: Browser[] = []
let buyer: Customer
let service: Awaited<ReturnType<typeof serviceOf>>
const staff = (): Browser => {
  if (!finance) throw new Error('nobody is there')
  return finance
}
beforeAll(async () => {
  ;[finance, support, buyer, service] = await Promise.all([
    newStaff('finance'),
    newStaff('support'),
    newCustomer('50'),
    serviceOf('Default'),
  ])
})
afterAll(() => behave(usual))

const read = async (number: unknown): Promise<Body> => (await staff().call('GET', `/api/admin/orders/${number}`)).body
/** Places an order that meets this fault, and waits until its outcome is unknown. */
async function lost(addFault: string, name: string): Promise<Body> {
  await behave({ ...usual, faultRate: 1, addFault })
  const wish = {
    requestId: randomUUID(),
    serviceId: service.serviceId,
    link: `https://video.social/${name}`,
    quantity: service.min,
  }
  const { orderId } = await must(buyer.page.call('POST', '/api/orders', wish), 'an order')
  return until(async () => {
    const order = await read(orderId)
    return order['state'] === 'unknown' ? order : undefined
  }, 'an unknown outcome').finally(() => behave(usual))
}
const settling = ({ state, reason, changedAt }: Body, more: Body = {}): Body => ({
  seen: { state, reason, changedAt },
  memo,
  requestId: randomUUID(),
  ...more,
})
const post = (by: Browser | undefined, order: Body, what: string, body: Body) =>
  (by ?? staff()).call('POST', `/api/admin/orders/${order['orderId']}/${what}`, body)

describe('an order whose outcome is unknown', () => {
  test('is told with the evidence and what can be done, is found under its number by support, and goes on', async () => {
    const order = await lost('http-500-after-accept', 'found')
    expect(order).toMatchObject({
      reason: 'answer-unclear',
      sendings: [{ reason: 'answer-unclear', status: 500, said: expect.stringContaining('HTTP 500') }],
      ways: ['confirm', 'send-again', 'completed', 'partial', 'canceled'],
    })
    const there = (await providersOrders()).find(({ link }) => link.endsWith('/found'))
    const body = settling(order, { providerOrderId: String(there?.order) })
    const [one, twice] = await Promise.all([post(support, order, 'confirmation', body), post(support, order, 'confirmation', body)])
    expect([one.status, twice.status]).toEqual([200, 200])
    await until(async () => ((await read(order['orderId']))['state'] === 'completed' ? true : undefined), 'completion')
    const { auditOf } = await import('./table.ts')
    const records = (await auditOf(`order ${order['orderId']}`)).filter(({ action }) => action === 'admin.confirm-order')
    expect(records).toMatchObject([
      { why: memo, before: { state: 'unknown' }, after: { state: 'pending', providerOrderId: String(there?.order) } },
    ])
    const other = await lost('http-500-after-accept', 'other')
    expect(codeOf(await post(support, other, 'confirmation', settling(other, { providerOrderId: String(there?.order) })))).toBe(
      'provider-number-taken',
    )
    expect(codeOf(await post(support, other, 'outcome', settling(other, { as: 'canceled', refund: other['charge'] })))).toBe(
      'role-forbids',
    )
  })

  test('is sent again only by whoever says that it may be doubled, and is refunded by exactly what was seen', async () => {
    const order = await lost('html', 'again')
    expect(codeOf(await post(finance, order, 'submissions', settling(order)))).toBe('invalid-request')
    await must(post(finance, order, 'submissions', settling(order, { mayBeDoubled: true })), 'sending again')
    await until(async () => ((await read(order['orderId']))['state'] === 'completed' ? true : undefined), 'completion', 60)
    expect((await providersOrders()).filter(({ link }) => link.endsWith('/again'))).toHaveLength(1)
    expect(codeOf(await post(finance, order, 'outcome', settling(order, { as: 'canceled', refund: order['charge'] })))).toBe(
      'changed-meanwhile',
    )

    const before = await available(buyer)
    const gone = await lost('html', 'gone')
    const refund = (amount: unknown) => post(finance, gone, 'outcome', settling(gone, { as: 'canceled', refund: amount }))
    expect(codeOf(await refund('0.01'))).toBe('changed-meanwhile')
    expect((await refund(gone['charge'])).body).toMatchObject({ state: 'canceled', refunded: gone['charge'] })
    expect(await available(buyer)).toBe(before)
  })
})

test('an error nobody has classified is listed once, classified once, and settles what hangs on it', async () => {
  const before = await available(buyer)
  const [one, two] = [await lost('new-words', 'one'), await lost('new-words', 'two')]
  expect([one['reason'], two['reason']]).toEqual(['error-unclassified', 'error-unclassified'])
  const texts = async () => (await staff().call('GET', '/api/admin/error-texts')).body['rows'] as Body[]
  const [text] = (await texts()).filter(({ said }) => String(said).includes('asleep'))
  expect(text).toMatchObject({ text: 'our supplier is asleep, try in # minutes', times: 2, orderId: two['orderId'] })
  const path = `/api/admin/providers/${text?.['providerId']}/error-texts/${text?.['textId']}`
  const preview = (await staff().call('GET', `${path}/orders`)).body
  const rows = preview['rows'] as Body[]
  expect(rows.map(({ orderId }) => orderId)).toEqual([one['orderId'], two['orderId']])
  // P-SEC-2: a provider repeats links in its own words, and an order is somebody's. Both looks are on record.
  expect((await auditOf('errors of providers')).map(({ action }) => action)).toContain('admin.list-error-texts')
  expect(await auditOf(`provider ${text?.['providerId']}`)).toContainEqual(
    expect.objectContaining({ action: 'admin.preview-error-text', after: { text: text?.['textId'] } }),
  )
  expect((await staff().call('GET', '/api/admin/error-text-count')).body['open']).toBeGreaterThan(0)
  const orders = rows.map(({ orderId, changedAt }) => ({ orderId, changedAt }))
  const settle = (meaning: string) => staff().call('POST', `${path}/orders`, { meaning, orders, memo, requestId: randomUUID() })
  expect(codeOf(await settle('refused'))).toBe('changed-meanwhile')
  await must(staff().call('PUT', path, { meaning: 'refused', memo }), 'classifying')
  expect(codeOf(await staff().call('PUT', path, { meaning: 'nothing', memo }))).toBe('changed-meanwhile')
  expect((await settle('refused')).body).toEqual({ settled: 2, left: 0 })
  expect((await settle('refused')).body).toEqual({ settled: 0, left: 2 })
  expect(await available(buyer)).toBe(before)

  // From now on it is a refusal.
  await behave({ ...usual, faultRate: 1, addFault: 'new-words' })
  const wish = { requestId: randomUUID(), serviceId: service.serviceId, link: 'https://video.social/three', quantity: service.min }
  const { orderId } = await must(buyer.page.call('POST', '/api/orders', wish), 'an order')
  await until(async () => ((await read(orderId))['state'] === 'refused' ? true : undefined), 'the refusal')
  await behave(usual)
  expect(await available(buyer)).toBe(before)
  await must(staff().call('PUT', path, { meaning: 'nothing', seen: 'refused', memo }), 'taking it back')
})
