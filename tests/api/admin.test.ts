import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Browser, browser, must } from '../../local/demo/browser.ts'
import { at, behave, type Customer, newCustomer, newStaff, ownersConsole, serviceOf } from './people.ts'

const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code
let owner: Browser
let customer: Customer
beforeAll(async () => {
  await behave({ faultRate: 0, partialRate: 0, secondsToComplete: 2 })
  owner = await ownersConsole()
  customer = await newCustomer('20')
})

const adjust = (page: Browser, { customerId }: Customer, body: Record<string, unknown>) =>
  page.call('POST', `/api/admin/customers/${customerId}/adjustments`, { memo: 'for a test', requestId: randomUUID(), ...body })

describe('credits and debits', () => {
  test('move exactly the amount, with a memo the customer reads', async () => {
    const buyer = await newCustomer()
    expect((await adjust(owner, buyer, { kind: 'credit', amount: '12.345678', memo: 'bank transfer 17' })).body).toMatchObject({
      available: '12.345678',
    })
    expect((await adjust(owner, buyer, { kind: 'debit', amount: '2.345678', memo: 'transfer was too large' })).body).toMatchObject({
      available: '10.00',
      total: '10.00',
    })
    expect((await buyer.page.call('GET', '/api/wallet/entries')).body['rows']).toMatchObject([
      { kind: 'debit', amount: '-2.345678', balanceAfter: '10.00', memo: 'transfer was too large' },
      { kind: 'credit', amount: '12.345678', balanceAfter: '12.345678', memo: 'bank transfer 17' },
    ])
  })

  test('two clicks on Credit move the money once', async () => {
    const buyer = await newCustomer()
    const body = { kind: 'credit', amount: '5', requestId: randomUUID() }
    await Promise.all(Array.from({ length: 5 }, () => adjust(owner, buyer, body)))
    expect((await buyer.page.call('GET', '/api/wallet')).body).toMatchObject({ available: '5.00' })
    expect((await buyer.page.call('GET', '/api/wallet/entries')).body['rows']).toHaveLength(1)
  })

  test.each([
    ['more than there is', { kind: 'debit', amount: '1000000' }, 'insufficient-funds'],
    ['nothing', { kind: 'credit', amount: '0' }, 'invalid-request'],
    ['less than nothing', { kind: 'credit', amount: '-5' }, 'invalid-request'],
    ['a fraction of a unit', { kind: 'credit', amount: '0.0000001' }, 'invalid-request'],
    ['an amount in words', { kind: 'credit', amount: 'five' }, 'invalid-request'],
    ['no memo', { kind: 'credit', amount: '5', memo: ' ' }, 'invalid-request'],
  ])('%s is refused, and nothing moves', async (_, body, code) => {
    const before = (await customer.page.call('GET', '/api/wallet')).body
    expect(codeOf(await adjust(owner, customer, body))).toBe(code)
    expect((await customer.page.call('GET', '/api/wallet')).body).toEqual(before)
  })

  test('for a customer who is not there are refused', async () => {
    expect(codeOf(await adjust(owner, { ...customer, customerId: randomUUID() }, { kind: 'credit', amount: '5' }))).toBe(
      'customer-not-found',
    )
  })
})

describe('a customer', () => {
  test('is found by email, in any spelling of it, and looked at', async () => {
    expect((await owner.call('POST', '/api/admin/customers/find', { email: ` ${customer.email.toUpperCase()} ` })).body).toEqual({
      customerId: customer.customerId,
    })
    const seen = (await owner.call('GET', `/api/admin/customers/${customer.customerId}`)).body
    expect(seen).toMatchObject({
      fullName: 'C••• C•••',
      status: 'active',
      wallet: { total: expect.any(String) },
    })
    expect(codeOf(await owner.call('POST', '/api/admin/customers/find', { email: 'nobody@customer.test' }))).toBe(
      'customer-not-found',
    )
    expect(codeOf(await owner.call('POST', '/api/admin/customers/find', { email: 'x" or email ^= "a' }))).toBe('invalid-request')
  })

  test('who signed up and never came is none: staff hear that it is deleted by itself', async () => {
    const page = browser(at.site)
    const { version: acceptedTerms } = (await page.call('GET', '/api/policy')).body
    const person = { fullName: 'Uma Unfinished', email: `${randomUUID().slice(0, 8)}@customer.test`, password: 'Correct-horse-7' }
    await must(page.call('POST', '/api/sign-up', { ...person, acceptedTerms }), 'signing up')
    expect(codeOf(await owner.call('POST', '/api/admin/customers/find', { email: person.email }))).toBe('sign-up-unfinished')
  })

  test('every look at one is on record, with who looked', async () => {
    const support = await newStaff('support')
    const { staffId } = (await support.call('GET', '/api/admin/me')).body
    await support.call('GET', `/api/admin/customers/${customer.customerId}`)
    await support.call('GET', `/api/admin/customers/${customer.customerId}/orders`)
    await support.call('GET', `/api/admin/customers/${customer.customerId}/entries`)
    const { auditOf } = await import('./table.ts')
    const records = await auditOf(`customer ${customer.customerId}`)
    for (const action of ['admin.read-customer', 'admin.list-customer-orders', 'admin.list-customer-entries'])
      expect(records).toContainEqual(expect.objectContaining({ by: staffId, action }))
  })

  test('a look for an email that no customer has is on record, without the email', async () => {
    const support = await newStaff('support')
    const { staffId } = (await support.call('GET', '/api/admin/me')).body
    const email = `${randomUUID()}@nobody.test`
    await support.call('POST', '/api/admin/customers/find', { email })
    const { auditOf, everything } = await import('./table.ts')
    expect(await auditOf('an email that no customer has')).toContainEqual(
      expect.objectContaining({ by: staffId, action: 'admin.find-customer' }),
    )
    expect(JSON.stringify(await everything())).not.toContain(email)
  })

  test('a name of 2,000 characters is nobody’s, and no fault', async () => {
    const console = await ownersConsole()
    expect((await console.call('GET', `/api/admin/customers/${'x'.repeat(2_000)}`)).status).toBe(404)
  })
})

describe('orders', () => {
  test('are found by number alone, and by day, whoever’s they are', async () => {
    const service = await serviceOf('Default')
    const placed = (
      await customer.page.call('POST', '/api/orders', {
        requestId: randomUUID(),
        serviceId: service.serviceId,
        link: 'https://photo.network/x',
        quantity: service.min,
      })
    ).body
    const readOnly = await newStaff('read-only')
    const found = (await readOnly.call('GET', `/api/admin/orders/${placed['orderId']}`)).body
    expect(found).toMatchObject({
      orderId: placed['orderId'],
      customerId: customer.customerId,
      providerServiceId: expect.any(String),
    })
    const { rows } = (await readOnly.call('GET', '/api/admin/orders')).body as { rows: { orderId: number }[] }
    expect(rows[0]?.orderId).toBe(placed['orderId'])
    expect((await readOnly.call('GET', '/api/admin/orders?day=2020-01-01')).body).toEqual({ rows: [] })
    for (const number of ['0', '2147483647', '99999999999', 'x', '-1'])
      expect(codeOf(await readOnly.call('GET', `/api/admin/orders/${number}`)), number).toBe('order-not-found')
    expect(codeOf(await readOnly.call('GET', '/api/admin/orders?day=tomorrow'))).toBe('invalid-request')
  })

  test('of a day follow each other page by page, newest first', async () => {
    const service = await serviceOf('Default')
    const buyer = await newCustomer('20')
    await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        buyer.page.call('POST', '/api/orders', {
          requestId: randomUUID(),
          serviceId: service.serviceId,
          link: `https://photo.network/${index}`,
          quantity: service.min,
        }),
      ),
    )
    const rows: { orderId: number; acceptedAt: string; customerId: string }[] = []
    let cursor: unknown
    do {
      const { body } = await owner.call('GET', `/api/admin/orders${cursor ? `?cursor=${cursor}` : ''}`)
      rows.push(...(body['rows'] as typeof rows))
      cursor = body['cursor']
    } while (cursor)
    expect(rows.filter(({ customerId }) => customerId === buyer.customerId)).toHaveLength(60)
    expect(new Set(rows.map(({ orderId }) => orderId)).size).toBe(rows.length)
    expect(rows.map(({ acceptedAt }) => acceptedAt)).toEqual(
      rows
        .map(({ acceptedAt }) => acceptedAt)
        .toSorted()
        .toReversed(),
    )
  })
})

test('staff are listed with their roles, and nobody is invited twice', async () => {
  const { rows } = (await owner.call('GET', '/api/admin/staff')).body as { rows: { email: string; role: string }[] }
  expect(rows).toContainEqual(expect.objectContaining({ email: 'owner@panel.test', role: 'owner', status: 'active' }))
  expect(codeOf(await owner.call('POST', '/api/admin/staff', { email: 'owner@panel.test', role: 'support', memo: 'twice' }))).toBe(
    'already-exists',
  )
  expect(codeOf(await owner.call('POST', '/api/admin/staff', { email: 'a@panel.test', role: 'emperor', memo: 'twice' }))).toBe(
    'invalid-request',
  )
})
