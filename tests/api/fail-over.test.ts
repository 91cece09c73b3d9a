import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import {
  behave,
  type Customer,
  must,
  newCustomer,
  newKey,
  newStaff,
  protocol,
  providersOrders,
  serviceOf,
  until,
} from './people.ts'
import { auditOf } from './table.ts'

const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code

let editor: Browser
let support: Browser
let customer: Customer
let categoryId: string
/** The provider, a service that it knows, and what that costs. */
let known: { providerId: string; providerServiceId: string; cost: string; min: number; max: number }
beforeAll(async () => {
  await behave({ faultRate: 0, partialRate: 0, secondsToComplete: 600 })
  ;[editor, support, customer] = [await newStaff('catalogue'), await newStaff('support'), await newCustomer('50')]
  const { serviceId } = await serviceOf('Default')
  const read = await must(editor.call('GET', `/api/admin/services/${serviceId}`), 'the service')
  known = read as typeof known
  ;({ categoryId } = (await must(
    editor.call('POST', '/api/admin/categories', { name: `Elsewhere ${randomUUID()}` }),
    'a category',
  )) as { categoryId: string })
})

/** Of a number that its provider does not know, and refuses. */
const gone = () => ({ providerId: known.providerId, providerServiceId: `gone-${randomUUID().slice(0, 8)}`, cost: known.cost })

/** A service on sale for twice what it costs. */
async function add(bought: Record<string, unknown>): Promise<number> {
  const twice = String(Number(known.cost) * 2)
  const body = {
    name: 'Post reach',
    categoryId,
    type: 'Default',
    rate: twice,
    min: 1,
    max: 10_000,
    origin: 'advertising',
    ...bought,
  }
  return Number((await must(editor.call('POST', '/api/admin/services', { ...body, memo: 'for a test' }), 'a service'))['serviceId'])
}
const order = async (serviceId: number, quantity: number): Promise<{ orderId: number; link: string }> => {
  const wish = { serviceId, quantity, link: `https://social.example.com/${randomUUID()}` }
  const { orderId } = await must(customer.page.call('POST', '/api/orders', { requestId: randomUUID(), ...wish }), 'an order')
  return { orderId: Number(orderId), link: wish.link }
}
const seen = async (orderId: number) => (await support.call('GET', `/api/admin/orders/${orderId}`)).body
const inState = (orderId: number, state: string) =>
  until(async () => {
    const body = await seen(orderId)
    return body['state'] === state ? body : undefined
  }, `order ${orderId} being ${state}`)

describe('a service with fallbacks', () => {
  const fallback = (more: Record<string, unknown> = {}) => ({
    providerId: known.providerId,
    providerServiceId: known.providerServiceId,
    name: 'The same elsewhere',
    quoted: known.cost,
    min: known.min,
    max: known.max,
    ...more,
  })
  const set = (serviceId: number, revision: number, fallbacks: readonly object[], by = editor) =>
    by.call('PUT', `/api/admin/services/${serviceId}/fallbacks`, { revision, fallbacks, memo: 'in case of need' })

  test('sends what one provider refuses to the next that costs no more than was paid, and staff see who refused', async () => {
    const service = await add(gone())
    const dear = fallback({ providerServiceId: 'dear', quoted: String(Number(known.cost) * 3) })
    const unknown = fallback({ providerServiceId: `no-${randomUUID().slice(0, 8)}` })
    const listed = await must(set(service, 0, [dear, unknown, fallback()]), 'the fallbacks')
    expect(listed).toMatchObject({ revision: 1, rows: [{ affordable: false }, { affordable: true }, { affordable: true }] })
    expect(await auditOf(`service ${service}`)).toEqual(
      expect.arrayContaining([expect.objectContaining({ action: 'admin.set-fallbacks', why: 'in case of need' })]),
    )
    const { orderId, link } = await order(service, known.min)
    const sent = await inState(orderId, 'pending')
    expect(sent).toMatchObject({ providerServiceId: known.providerServiceId, refunded: '0.00' })
    expect(sent['tried']).toMatchObject([
      { reason: 'provider-refused', said: expect.stringContaining('Incorrect service ID') },
      { providerServiceId: unknown.providerServiceId, reason: 'provider-refused' },
    ])
    expect((await providersOrders()).filter((taken) => taken.link === link)).toHaveLength(1)
    // Nothing of it is the customer's business.
    const { body } = await customer.page.call('GET', `/api/orders/${orderId}`)
    expect(JSON.stringify(body)).not.toMatch(/tried|refused|failed-over|provider/)
  })

  test('gives the money back when nobody takes the order', async () => {
    const service = await add(gone())
    await must(set(service, 0, [fallback({ providerServiceId: `no-${randomUUID().slice(0, 8)}` })]), 'the fallbacks')
    const { orderId } = await order(service, known.min)
    const refused = await inState(orderId, 'refused')
    expect(refused['refunded']).toBe(refused['charge'])
    expect(refused['tried']).toHaveLength(1)
  })

  test('is changed as it was seen, by those who may, and has each place once', async () => {
    const service = await add(gone())
    expect(codeOf(await set(service, 0, [fallback()], support))).toBe('role-forbids')
    expect(codeOf(await set(service, 0, [fallback(), fallback({ name: 'again' })]))).toBe('already-exists')
    expect(codeOf(await set(service, 0, [fallback({ providerId: randomUUID() })]))).toBe('provider-not-found')
    expect(codeOf(await set(service, 0, [fallback({ min: 9, max: 8 })]))).toBe('change-refused')
    expect(codeOf(await set(service, 7, [fallback()]))).toBe('changed-meanwhile')
    await must(set(service, 0, [fallback()]), 'the fallbacks')
    expect(codeOf(await set(service, 0, []))).toBe('changed-meanwhile')
    expect(await must(set(service, 1, []), 'none')).toMatchObject({ rows: [] })
  })
})

describe('a manual service', () => {
  const work = (orderId: number, body: object, by = support) => by.call('POST', `/api/admin/manual-orders/${orderId}/work`, body)
  const listed = async (orderId: number) => {
    const { rows } = await must(support.call('GET', '/api/admin/manual-orders'), 'the manual orders')
    return (rows as { orderId: number; inHandOf?: string }[]).find((row) => row.orderId === orderId)
  }

  test('is ordered like any other, stands before staff at once, and is worked to its end', async () => {
    const service = await add({ cost: '0' })
    const { orderId, link } = await order(service, 100)
    await until(() => listed(orderId), 'the order on the list')
    const take = () => support.call('POST', `/api/admin/manual-orders/${orderId}/take`)
    expect(await must(take(), 'taking it')).toMatchObject({ state: 'in-progress', inHandOf: expect.any(String) })
    expect((await take()).status).toBe(200)
    await must(work(orderId, { did: 'note', startCount: 12, remains: 40 }), 'a note')
    const apiKey = await newKey(customer)
    expect(await protocol({ key: apiKey, action: 'status', order: orderId })).toMatchObject({
      status: 'In progress',
      start_count: '12',
      remains: '40',
    })
    expect(codeOf(await work(orderId, { did: 'partial', remains: 25 }))).toBe('invalid-request')
    const partial = { did: 'partial', remains: 25, memo: 'The account is full' }
    const [ended, again] = [await must(work(orderId, partial), 'partial'), await must(work(orderId, partial), 'partial again')]
    expect(ended).toMatchObject({ state: 'partial', remains: 25 })
    expect(again['refunded']).toBe(ended['refunded'])
    // What was ended gives back more by the word of those who settle orders, not of those who work them.
    expect(codeOf(await work(orderId, { did: 'cancel', memo: 'and the rest' }))).toBe('role-forbids')
    expect(Number(ended['refunded']) * 4).toBeCloseTo(Number(ended['charge']), 6)
    expect(await listed(orderId)).toBeUndefined()
    expect((await providersOrders()).some((taken) => taken.link === link)).toBe(false)
    const { body } = await customer.page.call('GET', '/api/wallet/entries')
    expect(body['rows']).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'refund', memo: 'The account is full' })]))
    expect((await auditOf(`order ${orderId}`)).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['admin.take-manual-order', 'admin.work-manual-order']),
    )
  })

  test('is added without a provider, or with the whole of one', async () => {
    const half = {
      name: 'Reach',
      categoryId,
      type: 'Default',
      rate: '1',
      min: 1,
      max: 10,
      memo: 'for a test',
      providerId: known.providerId,
    }
    expect(codeOf(await editor.call('POST', '/api/admin/services', half))).toBe('invalid-request')
  })
})
