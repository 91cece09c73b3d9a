import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { type Customer, newCustomer, newStaff } from './people.ts'
import { auditOf } from './table.ts'

let support: Browser
let customer: Customer
const record = async (page: Browser) => (await page.call('GET', `/api/admin/customers/${customer.customerId}`)).body
const sessions = async (page: Browser) =>
  (await page.call('GET', `/api/admin/customers/${customer.customerId}/sessions`)).body['rows'] as { address: string }[]
const signIns = async (page: Browser) =>
  (await page.call('GET', `/api/admin/customers/${customer.customerId}/sign-ins`)).body['rows'] as {
    address: string
    outcome: string
  }[]
const ask = (page: Browser, body: object) => page.call('POST', `/api/admin/customers/${customer.customerId}/look`, body)

beforeAll(async () => {
  ;[support, customer] = await Promise.all([newStaff('support'), newCustomer()])
})

describe('who a customer is (P-SEC-2)', () => {
  test('is veiled until a member of staff says what for; then that one sees it for half an hour, and nobody else', async () => {
    const veiled = await record(support)
    expect(veiled).toMatchObject({ fullName: 'C••• C•••', email: expect.stringMatching(/^.•••@•••\.test$/) })
    expect(veiled).not.toHaveProperty('shownUntil')
    for (const { address } of await sessions(support)) expect(address).toMatch(/•••$/)
    expect(await signIns(support)).toEqual([
      expect.objectContaining({ outcome: 'password', address: expect.stringMatching(/•••$/) }),
    ])
    expect(JSON.stringify([veiled, await sessions(support), await signIns(support)])).not.toContain(customer.email)

    const { status, body } = await ask(support, { for: 'request-of-theirs', memo: 'asked on the phone which email we have' })
    expect(status).toBe(200)
    expect(await record(support)).toMatchObject({ fullName: 'Casey Customer', email: customer.email, shownUntil: body['until'] })
    for (const { address } of [...(await sessions(support)), ...(await signIns(support))]) expect(address).not.toContain('•')

    const colleague = await newStaff('support')
    expect(await record(colleague)).toMatchObject({ fullName: 'C••• C•••' })
    for (const { address } of await signIns(colleague)) expect(address).toContain('•')
    expect(
      (await auditOf(`customer ${customer.customerId}`)).filter(({ action }) => action === 'admin.list-customer-sign-ins').length,
    ).toBeGreaterThanOrEqual(4)
  })

  test('is asked for on record, with what for and why', async () => {
    const page = await newStaff('finance')
    const { staffId } = (await page.call('GET', '/api/admin/me')).body
    await ask(page, { for: 'misuse', memo: 'three accounts, one card' })
    expect(await auditOf(`customer ${customer.customerId}`)).toContainEqual(
      expect.objectContaining({
        by: staffId,
        action: 'admin.show-customer',
        why: 'three accounts, one card',
        after: expect.objectContaining({ for: 'misuse' }),
      }),
    )
  })

  test.each([
    ['no reason', { memo: 'because' }],
    ['a reason that is none', { for: 'curiosity', memo: 'because' }],
    ['no memo', { for: 'misuse', memo: ' ' }],
  ])('is shown to nobody for %s', async (_, body) => {
    const page = await newStaff('support')
    expect((await ask(page, body)).status).toBe(400)
    expect(await record(page)).not.toHaveProperty('shownUntil')
  })
})
