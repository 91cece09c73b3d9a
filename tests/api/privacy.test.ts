import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { unknownAttributes } from '../../core/privacy/inventory.ts'
import { endpoints } from '../../functions/index.ts'
import { mailed, sixDigits } from '../../local/demo/mailbox.ts'
import { at, behave, browser, creditTo, must, ownersConsole, protocol, providersOrders, serviceOf, until } from './people.ts'
import { everything } from './table.ts'

/** A customer whose every field can be recognised wherever it turns up. */
const mark = `canary${randomUUID().slice(0, 8)}`
const canary = {
  fullName: `Name${mark}`,
  email: `mail${mark}@customer.test`,
  password: `Pw-${mark}-77`,
  browser: `Browser${mark}`,
  keyName: `Key${mark}`,
}
const link = `https://photo.network/${randomUUID()}`
let apiKey: string
let customerId: string

beforeAll(async () => {
  await behave({ faultRate: 0, partialRate: 0, secondsToComplete: 1 })
  const page = browser(at.site, { 'user-agent': canary.browser })
  const { version: terms } = (await page.call('GET', '/api/policy')).body
  await page.call('POST', '/api/sign-up', { ...canary, acceptedTerms: terms })
  const code = await mailed(at.mailbox, canary.email, sixDigits)
  await page.call('POST', '/api/sign-up/confirm', { email: canary.email, code })
  await must(page.call('POST', '/api/session', canary), 'sign-in')
  const console = await ownersConsole()
  customerId = String((await console.call('POST', '/api/admin/customers/find', { email: canary.email })).body['customerId'])
  await creditTo({ customerId }, '50')
  apiKey = String((await page.call('POST', '/api/keys', { name: canary.keyName })).body['key'])

  // Every endpoint, with the canary's session and with what it might take; faults and refusals included.
  const [plain, comments] = [await serviceOf('Default'), await serviceOf('Custom Comments')]
  const placed = (
    await page.call('POST', '/api/orders', {
      requestId: randomUUID(),
      serviceId: plain.serviceId,
      link,
      quantity: plain.min,
      ...canary,
    })
  ).body
  const lines = Array.from({ length: comments.min }, (_, index) => `words ${index}`).join('\n')
  await page.call('POST', '/api/orders', { requestId: randomUUID(), serviceId: comments.serviceId, link, comments: lines })
  await protocol({
    key: apiKey,
    action: 'add',
    service: plain.serviceId,
    link,
    quantity: plain.min,
    name: canary.fullName,
    email: canary.email,
  })
  await protocol({ key: apiKey, action: 'status', order: String(placed['orderId']) })
  const asked = { category: 'order', subject: `About ${mark}`, text: `My password: ${canary.password}`, requestId: randomUUID() }
  const { ticketId } = await must(page.call('POST', '/api/tickets', { ...asked, orders: [placed['orderId']] }), 'a ticket')
  for (const { route } of endpoints) {
    const [method = '', template = ''] = route.split(' ')
    if (template === '/api/session') continue
    const path = template
      .replaceAll('{customerId}', customerId)
      .replaceAll('{orderId}', String(placed['orderId']))
      .replaceAll('{ticketId}', String(ticketId))
      .replaceAll(/\{\w+\}/g, canary.keyName)
    const speaker = template.startsWith('/api/admin/')
      ? template.startsWith('/api/admin/session')
        ? browser(at.console)
        : console
      : page
    await speaker.call(
      method,
      path,
      method === 'GET'
        ? undefined
        : { ...canary, code: '123456', memo: canary.fullName, status: 'active', text: asked.text, requestId: randomUUID() },
    )
    if (method !== 'GET')
      await speaker.call(method, path, { ...canary, url: canary.email, apiKey: canary.password, role: canary.fullName })
  }
  // Staff have signed the customer out on the way.
  await must(page.call('POST', '/api/session', canary), 'signing in again')
  await page.call('GET', `/api/orders?cursor=${mark}`)
  const balance = () => fetch(`${at.site}/api/reseller/v1/balance`, { headers: { 'x-api-key': apiKey } })
  await until(async () => ((await balance()).status === 200 ? true : undefined), 'the key’s registration')
  await until(
    async () =>
      (await console.call('GET', `/api/admin/orders/${placed['orderId']}`)).body['state'] === 'completed' ? true : undefined,
    'completion',
  )
})

const leaks = (text: string): string[] => [...Object.values(canary), apiKey, customerId].filter((value) => text.includes(value))

describe('P-UP-1, P-UP-2: providers', () => {
  test('get the order and nothing of who ordered it, on the bytes', async () => {
    const sent = (await providersOrders()).filter((taken) => taken.link === link)
    expect(sent.length).toBe(3)
    for (const { raw } of sent) {
      // The search can find: the link is in there.
      expect(decodeURIComponent(raw.body)).toContain(link)
      expect(leaks(JSON.stringify(raw))).toEqual([])
      expect(leaks(decodeURIComponent(raw.body.replaceAll('+', ' ')))).toEqual([])
      expect(raw.requestLine).toBe('POST /api/v2 HTTP/1.1')
      expect(Object.keys(raw.headers).toSorted()).toEqual([
        'accept',
        'connection',
        'content-length',
        'content-type',
        'host',
        'user-agent',
      ])
      for (const name of new URLSearchParams(raw.body).keys())
        expect(['key', 'action', 'service', 'link', 'quantity', 'comments']).toContain(name)
    }
  })

  test('could not get more if somebody tried: the form is checked before it leaves', async () => {
    const { checked } = await import('../../core/protocol/outgoing.ts')
    expect(() => checked('key=k&action=add&service=1&link=x&email=a%40b', 'add')).toThrow(/“email” must not be sent/)
    expect(() => checked('key=k&action=status&order=1&customer=7', 'status')).toThrow(/“customer” must not be sent/)
  })
})

describe('P-LOG-4: the logs', () => {
  test('hold nothing of a customer who went through every endpoint', () => {
    const log = readFileSync(inject('panel').logFile, 'utf8')
    // The search can find: every operation is in there, and so is a value that belongs there.
    const silent = endpoints.filter(({ name }) => !log.includes(`"operation":"${name}"`) && !name.endsWith('sign-out'))
    expect(silent.map(({ name }) => name)).toEqual([])
    expect(leaks(log)).toEqual([])
    expect(log).not.toContain(link)
  })

  test('tell no refusal that an endpoint did not declare, and every line is within a kilobyte', () => {
    const lines = readFileSync(inject('panel').logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{'))
    expect(lines.length).toBeGreaterThan(100)
    expect(lines.filter((line) => line.includes('undeclared refusal'))).toEqual([])
    expect(
      lines.filter(
        (line) => Buffer.byteLength(line) > 1_300 || (line.includes('"level":"INFO"') && Buffer.byteLength(line) > 1_024),
      ),
    ).toEqual([])
  })

  test('tell of no fault', () => {
    const faults = readFileSync(inject('panel').logFile, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"outcome":"fault"'))
    expect(faults).toEqual([])
  })
})

describe('P-COL-6: the inventory', () => {
  test('knows every attribute of every item in the table', async () => {
    const items = await everything()
    expect(new Set(items.map((item) => String(item['pk']).split('#')[0])).size).toBeGreaterThan(15)
    const unknown = items.flatMap((item) =>
      unknownAttributes(item).map((attribute) => `${String(item['pk']).split('#')[0]}.${attribute}`),
    )
    expect([...new Set(unknown)]).toEqual([])
  })

  test('would notice one it does not know', () => {
    expect(unknownAttributes({ pk: 'CUSTOMER#1', sk: 'CUSTOMER', fullName: 'x', shoeSize: 44 })).toEqual(['shoeSize'])
    expect(unknownAttributes({ pk: 'DIARY#1', sk: 'x' })).toEqual(['pk'])
  })

  test('an item of state stays within a kilobyte', async () => {
    const size = (item: object) => Buffer.byteLength(JSON.stringify(item))
    const states = (await everything()).filter((item) =>
      /^(ORDER|WALLET|ENTRY|CUSTOMER|SESSION|KEY|KEYS)#/.test(String(item['pk'])),
    )
    expect(states.length).toBeGreaterThan(10)
    expect(states.filter((item) => size(item) > 1_100)).toEqual([])
  })
})

describe('P-RET-1: while an account is open', () => {
  test('nothing of it and of its transactions expires', async () => {
    const kept = new RegExp(`^(CUSTOMER|WALLET|ENTRY|CAUSE|ORDER|KEYS)#${customerId}$`)
    const items = (await everything()).filter(({ pk }) => kept.test(String(pk)))
    expect(new Set(items.map(({ pk }) => String(pk).split('#')[0])).size).toBeGreaterThan(4)
    expect(items.filter((item) => 'expiresAt' in item)).toEqual([])
  })
})

describe('P-COL-1, P-COL-5: what is where', () => {
  test('the password is nowhere in the table; the name, the email and the browser only where the inventory has them', async () => {
    const items = await everything()
    const kinds = (value: string) =>
      [
        ...new Set(items.filter((item) => JSON.stringify(item).includes(value)).map((item) => String(item['pk']).split('#')[0])),
      ].toSorted()
    expect(kinds(canary.password)).toEqual([])
    expect(kinds(apiKey)).toEqual([])
    expect(kinds(canary.email)).toEqual(['CUSTOMER'])
    expect(kinds(canary.browser)).toEqual(['SESSION', 'SIGN-IN'])
  })
})
