import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { rotateEdgeSecrets } from '../../data/edge-secrets.ts'
import { functionsOf } from './functions.ts'
import { mailAbout, mailsTo } from './mailbox.ts'
import { at, browser, type Customer, must, newCustomer, newStaff, protocol, serviceOf, until } from './people.ts'

const link = 'https://photo.network/p/keys'
let customer: Customer
let service: Awaited<ReturnType<typeof serviceOf>>
let order: number

interface Made {
  readonly keyId: string
  readonly key: string
  readonly prefix: string
}
const make = async (more: object = {}, { page }: Customer = customer): Promise<Made> =>
  (await must(page.call('POST', '/api/keys', { name: 'test', ...more }), 'a key')) as unknown as Made
const rotate = async ({ keyId }: Made, overlapHours: number): Promise<Made> =>
  (await must(customer.page.call('POST', `/api/keys/${keyId}/rotation`, { overlapHours }), 'a rotation')) as unknown as Made
const change = (keyId: string, body: object) => customer.page.call('PUT', `/api/keys/${keyId}`, body)
const revoke = ({ keyId }: Made) => customer.page.call('DELETE', `/api/keys/${keyId}`)
const codeOf = ({ body }: { body: unknown }): string | undefined => (body as { error?: { code: string } }).error?.code

beforeAll(async () => {
  customer = await newCustomer('100')
  service = await serviceOf('Default')
  const { key } = await make()
  order = (await protocol({ key, action: 'add', service: service.serviceId, link, quantity: service.min })).order ?? 0
})

// Ten are all an account may hold.
afterEach(async () => {
  const { rows } = (await customer.page.call('GET', '/api/keys')).body as unknown as { rows: (Made & { revokedAt?: string })[] }
  await Promise.all(rows.filter(({ revokedAt }) => !revokedAt).map(revoke))
})

/** What the two APIs say to a key, action by action. */
const v2 = (key: string, action: string) =>
  protocol({ key, action, order, service: service.serviceId, link: `${link}?${randomUUID()}`, quantity: service.min })
const v1 = async (key: string): Promise<{ status: number; code: string | undefined }> => {
  const reply = await fetch(`${at.site}/api/reseller/v1/balance`, { headers: { 'x-api-key': key } })
  return { status: reply.status, code: codeOf({ body: await reply.json() }) }
}
/** The gateway takes a moment to hear of a new key. */
const metered = (key: string) =>
  until(async () => ((await v1(key)).code === 'key-invalid' ? undefined : true), 'the gateway knowing the key')

describe('a scope', () => {
  // By hand: what each may do, on both APIs.
  test.each([
    ['read', { services: true, status: true, balance: true, add: false }, true],
    ['order', { services: true, status: true, balance: false, add: true }, false],
    ['all', { services: true, status: true, balance: true, add: true }, true],
  ] as const)('%s lets a key do what it names and nothing else', async (scope, actions, readsBalance) => {
    const { key } = await make({ scope })
    const heard: Record<string, boolean> = {}
    for (const action of Object.keys(actions)) {
      const reply = await fetch(`${at.site}/api/v2`, {
        method: 'POST',
        body: new URLSearchParams({
          key,
          action,
          order: String(order),
          service: String(service.serviceId),
          link: `${link}?${randomUUID()}`,
          quantity: String(service.min),
        }),
      })
      expect(reply.status).toBe(200)
      const { error } = (await reply.json()) as { error?: string }
      if (error !== undefined) expect(error).toBe('Not allowed with this API key')
      heard[action] = error === undefined
    }
    expect(heard).toEqual(actions)
    await metered(key)
    expect(await v1(key)).toEqual(readsBalance ? { status: 200, code: undefined } : { status: 403, code: 'scope-forbids' })
  })

  test('that was changed holds from the next request on, on both APIs', async () => {
    const { key, keyId } = await make({ scope: 'all' })
    await metered(key)
    await must(change(keyId, { name: 'robot', scope: 'order', addresses: [] }), 'a change')
    expect(await v2(key, 'balance')).toEqual({ error: 'Not allowed with this API key' })
    expect((await v1(key)).code).toBe('scope-forbids')
    await must(change(keyId, { name: 'robot', scope: 'read', addresses: [] }), 'a change')
    expect(await v2(key, 'add')).toEqual({ error: 'Not allowed with this API key' })
    expect((await v1(key)).status).toBe(200)
  })

  test('is one of the three, and nothing is charged under any other', async () => {
    for (const scope of ['admin', 'ALL', '', null, ['all'], { all: true }, 'constructor'])
      expect(codeOf(await customer.page.call('POST', '/api/keys', { name: 'x', scope }))).toBe('invalid-request')
  })
})

describe('an allow-list', () => {
  test('keeps a key from everybody else, and tells them no more than a wrong key would', async () => {
    const { key, keyId } = await make({ addresses: ['198.51.100.7', '2001:db8::/32'] })
    for (const action of ['services', 'status', 'balance', 'add'])
      expect(await v2(key, action)).toEqual({ error: 'Invalid API key' })
    expect(await v1(key)).toEqual(await v1(`pk_${'x'.repeat(43)}`))
    await must(change(keyId, { name: 'x', scope: 'all', addresses: ['127.0.0.0/8', '::1'] }), 'a change')
    expect(await v2(key, 'balance')).toHaveProperty('balance')
    await metered(key)
    expect((await v1(key)).status).toBe(200)
  })

  test('is about the address the edge saw, not one the viewer claims', async () => {
    const { key } = await make({ addresses: ['198.51.100.7'] })
    for (const name of ['x-viewer-address', 'X-Viewer-Address', 'x-forwarded-for', 'cloudfront-viewer-address']) {
      const headers = { [name]: '198.51.100.7' }
      const reply = await fetch(`${at.site}/api/v2`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ key, action: 'balance' }),
      })
      expect(await reply.json()).toEqual({ error: 'Invalid API key' })
      expect((await fetch(`${at.site}/api/reseller/v1/balance`, { headers: { ...headers, 'x-api-key': key } })).status).toBe(401)
    }
  })

  test.each([
    ['198.51.100.7', '198.51.100.7', true],
    ['198.51.100.7', '::ffff:198.51.100.7', true],
    ['::ffff:198.51.100.0/120', '198.51.100.9', true],
    ['198.51.100.0/24', '198.51.101.9', false],
    ['2001:DB8:0:0::/64', '2001:db8::ffff', true],
    ['2001:db8::/64', '2001:db8:0:1::1', false],
    ['198.51.100.0/24', '2001:db8::1', false],
    ['198.51.100.0/24', '', false],
  ])('of %s lets %j in on both APIs: %s', async (line, address, expected) => {
    const { key } = await make({ addresses: [line] })
    const invoke = await functionsOf(inject('panel').ports)
    await rotateEdgeSecrets.open().know('a secret of this test')
    const headers = { 'x-panel-edge': 'a secret of this test', 'x-viewer-address': address }
    const authorized = await invoke('reseller.authorize-key', { methodArn: 'arn', headers: { ...headers, 'x-api-key': key } })
    expect(authorized).toMatchObject({ policyDocument: { Statement: [{ Effect: expected ? 'Allow' : 'Deny' }] } })
    const body = new URLSearchParams({ key, action: 'balance' }).toString()
    const reply = await invoke('reseller.protocol', { headers, body, requestContext: { requestId: 'r', http: { method: 'POST' } } })
    expect(reply).toMatchObject({ body: expect.stringContaining(expected ? '"balance"' : 'Invalid API key') })
  })

  test('with a line that is none is refused by the number of the line, and no key is made or changed', async () => {
    const { keyId } = await make({ addresses: ['198.51.100.7'] })
    const before = (await customer.page.call('GET', '/api/keys')).body
    for (const [addresses, lines] of [
      [['198.51.100.7', '0.0.0.0/0'], ['2']],
      [
        ['<script>', '198.51.100.7', '010.0.0.1'],
        ['1', '3'],
      ],
    ]) {
      const refused = { status: 422, body: { error: { code: 'addresses-invalid', detail: { lines } } } }
      expect(await customer.page.call('POST', '/api/keys', { name: 'x', addresses })).toMatchObject(refused)
      expect(await change(keyId, { name: 'x', scope: 'all', addresses })).toMatchObject(refused)
    }
    const tooMany = Array.from({ length: 21 }, (_, index) => `198.51.100.${index}`)
    expect(codeOf(await customer.page.call('POST', '/api/keys', { name: 'x', addresses: tooMany }))).toBe('invalid-request')
    expect((await customer.page.call('GET', '/api/keys')).body).toEqual(before)
  })
})

describe('a rotation', () => {
  test('with an overlap leaves both open, shown with what stands for what; either is revoked alone', async () => {
    const old = await make({ name: 'shop', scope: 'read' })
    const fresh = await rotate(old, 24)
    expect([await v2(old.key, 'balance'), await v2(fresh.key, 'balance')]).toMatchObject([{ currency: 'USD' }, { currency: 'USD' }])
    await metered(fresh.key)
    expect((await v1(old.key)).status).toBe(200)
    const { rows } = (await customer.page.call('GET', '/api/keys')).body as { rows: Record<string, unknown>[] }
    const row = (made: Made) => rows.find(({ keyId }) => keyId === made.keyId)
    expect(row(fresh)).toMatchObject({ name: 'shop', scope: 'read', replaces: old.keyId })
    const closesIn = Date.parse(String(row(old)?.['closesAt'])) - Date.now()
    expect(Math.abs(closesIn - 86_400_000)).toBeLessThan(120_000)
    expect(codeOf(await customer.page.call('POST', `/api/keys/${old.keyId}/rotation`, { overlapHours: 1 }))).toBe('key-rotated')
    await must(revoke(fresh), 'revoking')
    expect([await v2(old.key, 'balance'), await v2(fresh.key, 'balance')]).toMatchObject([
      { currency: 'USD' },
      { error: 'Invalid API key' },
    ])
    await must(revoke(old), 'revoking')
    expect(await v2(old.key, 'balance')).toEqual({ error: 'Invalid API key' })
  })

  test('without one closes the old key at once, on both APIs, and the gateway meters the new one', async () => {
    const old = await make()
    await metered(old.key)
    const fresh = await rotate(old, 0)
    expect(await v2(old.key, 'balance')).toEqual({ error: 'Invalid API key' })
    expect((await v1(old.key)).code).toBe('key-invalid')
    await metered(fresh.key)
    expect((await v1(fresh.key)).status).toBe(200)
  })

  test('lasts from none to a week, in whole hours', async () => {
    const { keyId } = await make()
    for (const overlapHours of [-1, 169, 1.5, '24', null, 1e9])
      expect(codeOf(await customer.page.call('POST', `/api/keys/${keyId}/rotation`, { overlapHours }))).toBe('invalid-request')
    expect((await customer.page.call('POST', `/api/keys/${keyId}/rotation`, { overlapHours: 168 })).status).toBe(201)
  })
})

describe('the owner', () => {
  test('is mailed when a key is made, rotated or may do more, in his language; and not when it may do less', async () => {
    const other = await newCustomer()
    const { keyId, key } = await make({ name: 'Robot 7', scope: 'read', addresses: ['198.51.100.7'] }, other)
    const made = await mailAbout(other.email, /^A new API key for your account/)
    expect(made.text).toContain(`Key: Robot 7 (${key.slice(0, 9)}…)\nAllowed: read only\nFrom: 1 address or network`)
    expect(made.text).not.toContain(key)
    await other.page.call('PUT', '/api/me/preferences', { language: 'de', theme: 'auto', announcements: false })
    const held = (to: object) => other.page.call('PUT', `/api/keys/${keyId}`, { name: 'Robot 7', ...to })
    await must(held({ scope: 'order', addresses: ['198.51.100.7'] }), 'another scope')
    expect((await mailAbout(other.email, /darf jetzt mehr$/)).text).toContain('Erlaubt: bestellen und Bestellungen verfolgen')
    await must(held({ scope: 'order', addresses: [] }), 'from anywhere')
    expect((await mailAbout(other.email, /darf jetzt mehr$/, 2)).text).toContain('Von: überall')
    await must(held({ scope: 'order', addresses: ['198.51.100.7'] }), 'from one place')
    await other.page.call('PUT', '/api/me/preferences', { language: 'es', theme: 'auto', announcements: false })
    await must(other.page.call('POST', `/api/keys/${keyId}/rotation`, { overlapHours: 1 }), 'a rotation')
    expect((await mailAbout(other.email, /^Se ha renovado una clave de API/)).text).toContain('Clave: Robot 7')
    expect((await mailsTo(other.email)).filter(({ subject }) => /API/.test(subject))).toHaveLength(4)
  })
})

test('somebody else’s key cannot be changed, rotated or revoked, and is not told to be there', async () => {
  const other = await newCustomer()
  const { keyId } = await make({}, other)
  for (const call of [
    change(keyId, { name: 'mine', scope: 'all', addresses: [] }),
    customer.page.call('POST', `/api/keys/${keyId}/rotation`, { overlapHours: 1 }),
    customer.page.call('DELETE', `/api/keys/${keyId}`),
  ])
    expect({ status: (await call).status, code: codeOf(await call) }).toEqual({ status: 404, code: 'key-not-found' })
})

describe('staff', () => {
  test('find a customer by the first characters of a key, with the look on record', async () => {
    const support = await newStaff('support')
    const { key, prefix } = await make()
    expect(prefix).toBe(key.slice(0, 9))
    const find = (asked: string) => support.call('POST', '/api/admin/customers/find-by-key', { prefix: asked })
    expect((await find(prefix)).body).toEqual({ customerIds: [customer.customerId] })
    expect((await find('pk_______')).body).toEqual({ customerIds: [] })
    for (const wrong of [key, key.slice(0, 8), 'sk_aaaaaa', 'pk_aaaa#a', ''])
      expect(codeOf(await find(wrong))).toBe('invalid-request')
    const { auditOf } = await import('./table.ts')
    const { staffId } = (await support.call('GET', '/api/admin/me')).body
    expect(await auditOf(`customer ${customer.customerId}`)).toContainEqual(
      expect.objectContaining({ by: staffId, action: 'admin.find-customer-by-key' }),
    )
  })
})

test('a page that is not signed in makes no keys', async () => {
  expect(codeOf(await browser(at.site).call('POST', '/api/keys', { name: 'x' }))).toBe('session-required')
})
