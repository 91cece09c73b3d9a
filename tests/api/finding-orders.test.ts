import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { behave, type Customer, must, newCustomer, newStaff, serviceOf, until } from './people.ts'

interface Row {
  readonly orderId: number
  readonly customerId: string
  readonly providerId: string
  readonly providerOrderId?: string
  readonly link?: string
  readonly state: string
  readonly acceptedAt: string
}
const rowsOf = ({ body }: { body: Record<string, unknown> }): Row[] => body['rows'] as Row[]
const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code

let support: Browser
let ada: Customer
let bob: Customer
beforeAll(async () => {
  await behave({ faultRate: 0, partialRate: 0, secondsToComplete: 2 })
  ;[support, ada, bob] = await Promise.all([newStaff('support'), newCustomer('20'), newCustomer('20')])
})

async function order({ page }: Customer, link: string): Promise<number> {
  const { serviceId, min } = await serviceOf('Default')
  const placed = page.call('POST', '/api/orders', { requestId: randomUUID(), serviceId, link, quantity: min })
  return Number((await must(placed, 'an order'))['orderId'])
}
const find = (body: object, cursor?: string) =>
  support.call('POST', `/api/admin/orders/find${cursor ? `?cursor=${cursor}` : ''}`, body)
const sent = (orderId: number): Promise<Row> =>
  until(async () => {
    const { body } = await support.call('GET', `/api/admin/orders/${orderId}`)
    return body['providerOrderId'] === undefined ? undefined : (body as unknown as Row)
  }, 'the provider’s number')

test('a link in another spelling finds the orders of all customers for it, long ones with their link', async () => {
  const path = `${randomUUID()}/${'x'.repeat(700)}`
  const placed = [
    await order(ada, `https://photo.network/${path}`),
    await order(bob, `http://www.Photo.network/${path}/?utm_source=mail`),
  ]
  for (const link of [`https://photo.network/${path}/`, ` photo.network/${path}?igsh=1#x `, `https://m.photo.network/${path}`]) {
    const rows = await until(async () => {
      const found = rowsOf(await find({ link }))
      return found.length === 2 ? found : undefined
    }, link)
    expect(rows.map(({ orderId }) => orderId)).toEqual(placed.toReversed())
    expect(rows.map(({ customerId }) => customerId)).toEqual([bob.customerId, ada.customerId])
    expect(rows.every(({ link }) => link?.includes(path))).toBe(true)
  }
  expect(rowsOf(await find({ link: `https://photo.network/${path.toUpperCase()}` }))).toEqual([])
})

test('a provider’s number finds its order, with the provider named and without', async () => {
  const { orderId, providerId, providerOrderId } = await sent(await order(ada, `https://photo.network/${randomUUID()}`))
  for (const body of [{ providerOrderId }, { providerOrderId: ` ${providerOrderId} `, providerId }])
    expect(rowsOf(await find(body)).map((row) => row.orderId)).toContain(orderId)
  expect(rowsOf(await find({ providerOrderId, providerId: randomUUID() }))).toEqual([])
})

test('states, days, providers and customers narrow the list, together', async () => {
  const mine = await order(ada, `https://photo.network/${randomUUID()}`)
  const { acceptedAt, providerId } = await sent(mine)
  await until(async () => {
    const { body } = await support.call('GET', `/api/admin/orders/${mine}`)
    return body['state'] === 'completed' ? true : undefined
  }, 'completion')
  const day = acceptedAt.slice(0, 10)
  const list = async (query: string) => rowsOf(await support.call('GET', `/api/admin/orders?${query}`))
  const numbers = async (query: string) => (await list(query)).map(({ orderId }) => orderId)
  expect(await numbers(`day=${day}&state=completed&providerId=${providerId}`)).toContain(mine)
  expect(await numbers(`customerId=${ada.customerId}&state=completed`)).toContain(mine)
  expect((await list(`customerId=${ada.customerId}`)).every(({ customerId }) => customerId === ada.customerId)).toBe(true)
  expect(await numbers(`day=${day}&state=partial`)).not.toContain(mine)
  expect(await numbers(`day=${day}&state=completed&providerId=${randomUUID()}`)).toEqual([])
  expect(await numbers(`customerId=${ada.customerId}&state=completed&day=2020-01-01`)).toEqual([])
  expect(await numbers(`customerId=${bob.customerId}&state=completed&day=${day}`)).not.toContain(mine)
  expect(await numbers(`customerId=${randomUUID()}`)).toEqual([])
})

test.each([
  ['nothing', {}],
  ['an empty link', { link: ' ' }],
  ['words for a link', { link: 'the order of yesterday' }],
  ['a link into the machine', { link: 'http://127.0.0.1/x' }],
  ['a script', { link: 'javascript:alert(1)' }],
  ['a link of 5,000 characters', { link: `https://photo.network/${'x'.repeat(5_000)}` }],
  ['a number with a space in it', { providerOrderId: '1 2' }],
  ['a number of 65 digits', { providerOrderId: '1'.repeat(65) }],
])('looking for %s is refused in clear words', async (_, body) => {
  expect(codeOf(await find(body))).toBe('invalid-request')
})

test.each(['state=lost', 'day=tomorrow', 'day=2026-13-40', 'list=all', 'providerId=', `customerId=${'x'.repeat(200)}`])(
  'a list of %s is refused',
  async (query) => {
    expect(codeOf(await support.call('GET', `/api/admin/orders?${query}`))).toBe('invalid-request')
  },
)

test('a forged cursor is refused, or shows no more than the list it is used on', async () => {
  const link = `https://photo.network/${randomUUID()}`
  const forged = (place: unknown) => Buffer.from(JSON.stringify(place)).toString('base64url')
  for (const cursor of ['x', forged({}), forged({ at: 7 }), forged({ after: '~', below: '0000000001' })])
    expect(codeOf(await find({ link }, cursor)), cursor).toBe('invalid-request')
  expect(rowsOf(await find({ link }, forged({ at: '~~~~' })))).toEqual([])
})

test('every search is on record with who searched, and the trail keeps no link', async () => {
  const { staffId } = (await support.call('GET', '/api/admin/me')).body
  const secret = randomUUID()
  await find({ link: `https://photo.network/${secret}` })
  await find({ providerOrderId: `n-${secret}` })
  await support.call('GET', '/api/admin/orders?state=unknown&day=2026-11-22')
  await support.call('GET', `/api/admin/orders?customerId=${bob.customerId}`)
  const { auditOf, everything } = await import('./table.ts')
  for (const on of ['orders for a link', `orders with the provider’s number n-${secret}`])
    expect(await auditOf(on)).toContainEqual(expect.objectContaining({ by: staffId, action: 'admin.find-orders' }))
  for (const on of ['unknown orders of 2026-11-22', `customer ${bob.customerId}`])
    expect(await auditOf(on)).toContainEqual(expect.objectContaining({ by: staffId, action: 'admin.list-orders' }))
  expect(JSON.stringify(await everything())).not.toContain(`photo.network/${secret}`)
})
