import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { at, browser, must, newCustomer, newStaff, serviceOf, signIn } from './people.ts'

const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code
const rowsOf = ({ body }: { body: Record<string, unknown> }) => body['rows'] as Record<string, string>[]
const memo = 'the customer asked for it by mail'

let support: Browser
let finance: Browser
beforeAll(async () => {
  ;[support, finance] = await Promise.all([newStaff('support'), newStaff('finance')])
})
const staffIdOf = async (page: Browser) => (await page.call('GET', '/api/admin/me')).body['staffId']

describe('a customer is found', () => {
  test('by the number of an order, which goes on record as a look at the customer', async () => {
    const customer = await newCustomer('20')
    const { serviceId, min } = await serviceOf('Default')
    const wish = { requestId: randomUUID(), serviceId, link: 'https://photo.network/x', quantity: min }
    const { orderId } = await must(customer.page.call('POST', '/api/orders', wish), 'an order')
    expect((await support.call('POST', '/api/admin/customers/find', { orderId })).body).toEqual({ customerId: customer.customerId })
    const { auditOf } = await import('./table.ts')
    expect(await auditOf(`customer ${customer.customerId}`)).toContainEqual(
      expect.objectContaining({ by: await staffIdOf(support), action: 'admin.find-customer' }),
    )
  })

  test.each([
    [{ orderId: 2_147_483_647 }, 'customer-not-found'],
    [{ orderId: 0 }, 'invalid-request'],
    [{ orderId: 1.5 }, 'invalid-request'],
    [{ orderId: '7' }, 'invalid-request'],
    [{ orderId: 2_147_483_648 }, 'invalid-request'],
    [{}, 'invalid-request'],
  ])('not by %o', async (body, code) => {
    expect(codeOf(await support.call('POST', '/api/admin/customers/find', body))).toBe(code)
  })
})

describe('sessions', () => {
  test('of a customer are listed, and one or all are ended with the reason on record', async () => {
    const customer = await newCustomer()
    const others = [await signIn(at.site, customer), await signIn(at.site, customer)]
    const path = `/api/admin/customers/${customer.customerId}/sessions`
    const rows = rowsOf(await support.call('GET', path))
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatchObject({ address: expect.any(String), device: expect.any(String) })

    const works = async (page: Browser) => (await page.call('GET', '/api/wallet')).status === 200
    const newest = rows.toSorted((one, other) => String(other['beganAt']).localeCompare(String(one['beganAt'])))[0]
    expect((await support.call('POST', `${path}/ending`, { sessionId: newest?.['sessionId'], memo })).status).toBe(200)
    expect(await Promise.all([customer.page, ...others].map(works))).toEqual([true, true, false])
    expect(codeOf(await support.call('POST', `${path}/ending`, { sessionId: newest?.['sessionId'], memo }))).toBe(
      'session-not-found',
    )

    await must(support.call('POST', `${path}/ending`, { memo }), 'ending all')
    expect(await Promise.all([customer.page, ...others].map(works))).toEqual([false, false, false])
    expect(rowsOf(await support.call('GET', path))).toEqual([])
    for (const page of [customer.page, ...others]) expect((await page.call('POST', '/api/session/refresh')).status).toBe(401)
    const again = await signIn(at.site, customer)
    expect(await works(again)).toBe(true)

    const { auditOf } = await import('./table.ts')
    const records = await auditOf(`customer ${customer.customerId}`)
    expect(records).toContainEqual(expect.objectContaining({ action: 'admin.list-customer-sessions' }))
    for (const ended of ['one', 'all'])
      expect(records).toContainEqual(
        expect.objectContaining({
          action: 'admin.end-customer-sessions',
          why: memo,
          after: { ended },
          by: await staffIdOf(support),
        }),
      )
  })

  test('of one customer are not ended through another, nor without a reason, nor by finance', async () => {
    const [ada, bob] = await Promise.all([newCustomer(), newCustomer()])
    const [session] = rowsOf(await support.call('GET', `/api/admin/customers/${ada.customerId}/sessions`))
    const { sessionId } = session ?? {}
    const end = (page: Browser, { customerId }: { customerId: string }, body: object) =>
      page.call('POST', `/api/admin/customers/${customerId}/sessions/ending`, body)
    expect(codeOf(await end(support, bob, { sessionId, memo }))).toBe('session-not-found')
    expect(codeOf(await end(support, ada, { sessionId, memo: ' ' }))).toBe('invalid-request')
    expect(codeOf(await end(support, ada, { sessionId: '', memo }))).toBe('invalid-request')
    expect(codeOf(await end(finance, ada, { sessionId, memo }))).toBe('role-forbids')
    expect((await ada.page.call('GET', '/api/wallet')).status).toBe(200)
  })

  test('ended by ten colleagues at once are ended, and each of them hears what became of it', async () => {
    const customer = await newCustomer()
    const path = `/api/admin/customers/${customer.customerId}/sessions`
    const [session] = rowsOf(await support.call('GET', path))
    const heard = await Promise.all(
      Array.from({ length: 10 }, () => support.call('POST', `${path}/ending`, { sessionId: session?.['sessionId'], memo })),
    )
    expect(heard.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(heard.filter((one) => codeOf(one) === 'session-not-found')).toHaveLength(9)
  })
})

describe('notes', () => {
  const note = (page: Browser, customerId: string, body: object) =>
    page.call('POST', `/api/admin/customers/${customerId}/notes`, { requestId: randomUUID(), ...body })

  test('are read by colleagues with who wrote them and when, newest first, and never by the customer', async () => {
    const customer = await newCustomer()
    await must(
      note(support, customer.customerId, { text: '  Asked twice for a faster start.\nWrote from another address.  ' }),
      'a note',
    )
    await must(note(finance, customer.customerId, { text: 'Bank transfer 17 was theirs.' }), 'a note')
    const rows = rowsOf(await finance.call('GET', `/api/admin/customers/${customer.customerId}/notes`))
    expect(rows).toMatchObject([
      { text: 'Bank transfer 17 was theirs.', by: await staffIdOf(finance), author: expect.stringContaining('finance-') },
      { text: 'Asked twice for a faster start.\nWrote from another address.', author: expect.stringContaining('support-') },
    ])
    for (const path of ['/api/me', '/api/orders', '/api/wallet/entries', '/api/sessions'])
      expect(JSON.stringify((await customer.page.call('GET', path)).body)).not.toContain('faster start')
  })

  test('are on record without their text, and so is every look at them', async () => {
    const customer = await newCustomer()
    await must(note(support, customer.customerId, { text: 'their sister pays for them' }), 'a note')
    await finance.call('GET', `/api/admin/customers/${customer.customerId}/notes`)
    const { auditOf } = await import('./table.ts')
    const records = await auditOf(`customer ${customer.customerId}`)
    for (const [action, page] of [
      ['admin.add-customer-note', support],
      ['admin.list-customer-notes', finance],
    ] as const)
      expect(records).toContainEqual(expect.objectContaining({ action, by: await staffIdOf(page) }))
    expect(JSON.stringify(records)).not.toContain('sister')
  })

  test('sent five times at once are one note', async () => {
    const customer = await newCustomer()
    const requestId = randomUUID()
    const sent = await Promise.all(Array.from({ length: 5 }, () => note(support, customer.customerId, { text: 'once', requestId })))
    expect(sent.map(({ status }) => status)).toEqual(Array(5).fill(201))
    expect(rowsOf(await support.call('GET', `/api/admin/customers/${customer.customerId}/notes`))).toHaveLength(1)
  })

  test.each([
    ['of nothing', { text: '  ' }],
    ['of 2,001 characters', { text: 'x'.repeat(2_001) }],
    ['without a number of the request', { text: 'something', requestId: undefined }],
    ['that names another author', { text: 7, by: 'somebody' }],
  ])('%s are refused', async (_, body) => {
    const customer = await newCustomer()
    expect(codeOf(await note(support, customer.customerId, body))).toBe('invalid-request')
    expect(rowsOf(await support.call('GET', `/api/admin/customers/${customer.customerId}/notes`))).toEqual([])
  })

  test('about nobody are refused, and about somebody else are not shown', async () => {
    expect(codeOf(await note(support, randomUUID(), { text: 'who is this' }))).toBe('customer-not-found')
    const [ada, bob] = await Promise.all([newCustomer(), newCustomer()])
    await must(note(support, ada.customerId, { text: 'about Ada' }), 'a note')
    expect(rowsOf(await support.call('GET', `/api/admin/customers/${bob.customerId}/notes`))).toEqual([])
  })
})

test('P-RT-1, P-USE-3: a suspended customer orders nothing at once, by session and key; signing in and refreshing open their rights alone', async () => {
  const customer = await newCustomer('20')
  const { key } = await must(customer.page.call('POST', '/api/keys', { name: 'test' }), 'a key')
  const { serviceId, min } = await serviceOf('Default')
  const wish = () => ({ requestId: randomUUID(), serviceId, link: 'https://photo.network/x', quantity: min })
  await must(customer.page.call('POST', '/api/orders', wish()), 'an order')
  await must(
    support.call('PUT', `/api/admin/customers/${customer.customerId}/status`, { status: 'suspended', reason: 'fraud', memo }),
    'suspending',
  )
  expect(codeOf(await customer.page.call('POST', '/api/orders', wish()))).toBe('account-suspended')
  await must(customer.page.call('POST', '/api/session/refresh'), 'refreshing')
  const again = browser(at.site)
  await must(again.call('POST', '/api/session', { email: customer.email, password: customer.password }), 'signing in')
  for (const page of [customer.page, again]) {
    expect((await page.call('GET', '/api/me')).body).toMatchObject({ suspended: { reason: 'fraud' }, wallet: { held: '0.00' } })
    for (const [method, path] of [
      ['POST', '/api/orders'],
      ['POST', '/api/keys'],
      ['GET', '/api/wallet/entries'],
      ['PUT', '/api/me/preferences'],
      ['PUT', '/api/me/password'],
    ] as const)
      expect(codeOf(await page.call(method, path, method === 'GET' ? undefined : wish()))).toBe('account-suspended')
  }
  const said = { category: 'other', subject: 'Why?', text: 'I did nothing wrong.', requestId: randomUUID() }
  const { ticketId } = await must(again.call('POST', '/api/tickets', said), 'a ticket')
  await must(
    support.call('POST', `/api/admin/tickets/${customer.customerId}/${ticketId}/messages`, {
      text: 'We look.',
      requestId: randomUUID(),
    }),
    'an answer',
  )
  expect(JSON.stringify((await again.call('GET', `/api/tickets/${ticketId}`)).body)).toContain('We look.')
  const proof = { password: customer.password }
  expect((await again.call('POST', '/api/me/archives', proof)).status).toBe(202)
  const form = new URLSearchParams({ key: String(key), action: 'balance' })
  expect(await (await fetch(`${at.site}/api/v2`, { method: 'POST', body: form })).json()).toHaveProperty('error')
  await must(support.call('PUT', `/api/admin/customers/${customer.customerId}/status`, { status: 'active', memo }), 'restoring')
  expect((await customer.page.call('POST', '/api/orders', wish())).status).toBe(201)
})
