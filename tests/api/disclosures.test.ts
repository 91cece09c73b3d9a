import { createHash, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { type Customer, must, newCustomer, ownersConsole } from './people.ts'
import { auditOf, everything } from './table.ts'

let owner: Browser
let customer: Customer
const path = (): string => `/api/admin/customers/${customer.customerId}/disclosures`
const request = (over: object = {}) => ({
  authority: 'District Court of Exampletown',
  legalBasis: 'Code of Criminal Procedure § 98',
  reference: '12 Gs 345/26',
  parts: ['account', 'money'],
  memo: 'order of the court came by post',
  requestId: randomUUID(),
  ...over,
})

beforeAll(async () => {
  ;[owner, customer] = await Promise.all([ownersConsole(), newCustomer('5')])
})

describe('P-USE-4: what an authority is given', () => {
  test('holds what the request names and nothing else, is kept to the byte, and names its legal basis in the trail', async () => {
    const body = request()
    const made = await must(owner.call('POST', path(), body), 'disclosing')
    const read = await must(owner.call('GET', `${path()}/${made['disclosureId']}`), 'reading it')
    const text = String(read['text'])
    expect(createHash('sha256').update(text).digest('hex')).toBe(made['sha256'])
    expect(text).toContain(customer.email)
    expect(Object.keys(JSON.parse(text) as object)).toEqual(expect.arrayContaining(['CUSTOMER', 'WALLET', 'ENTRY']))
    expect(text).not.toMatch(/"(ORDER|SESSION|TICKET|CUSTOMER-NOTE)"/)
    expect(await auditOf(`customer ${customer.customerId}`)).toContainEqual(
      expect.objectContaining({
        action: 'admin.make-disclosure',
        why: 'order of the court came by post',
        after: expect.objectContaining({ legalBasis: 'Code of Criminal Procedure § 98', sha256: made['sha256'] }),
      }),
    )
    // What the customer has done since changes nothing of it.
    await must(customer.page.call('POST', '/api/keys', { name: 'later' }), 'a key')
    expect((await owner.call('GET', `${path()}/${made['disclosureId']}`)).body['text']).toBe(text)
  })

  test('is made once, however often it is asked for', async () => {
    const body = request({ parts: ['sign-ins'] })
    const answers = await Promise.all(Array.from({ length: 4 }, () => owner.call('POST', path(), body)))
    expect(new Set(answers.map((answer) => answer.body['sha256'])).size).toBe(1)
    const kept = (await everything()).filter(({ pk, sk }) => String(pk).startsWith('DISCLOSURE#') && sk === body.requestId)
    expect(kept).toHaveLength(1)
    const { text, sha256 } = await must(owner.call('GET', `${path()}/${body.requestId}`), 'reading it')
    expect(createHash('sha256').update(String(text)).digest('hex')).toBe(sha256)
  })

  test.each([
    ['a legal basis', { legalBasis: ' ' }],
    ['anybody who asked', { authority: '' }],
    ['a part', { parts: [] }],
    ['a reason', { memo: '' }],
  ])('is not made without %s', async (_, over) => {
    expect((await owner.call('POST', path(), request(over))).status).toBe(400)
  })
})
