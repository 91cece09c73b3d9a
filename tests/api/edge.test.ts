import { beforeAll, describe, expect, inject, test } from 'vitest'
import { at, browser, type Customer, newCustomer } from './people.ts'

let customer: Customer
let cookie: string
beforeAll(async () => {
  customer = await newCustomer('5')
  const reply = await fetch(`${at.site}/api/session`, {
    method: 'POST',
    headers: { origin: at.site, 'content-type': 'application/json' },
    body: JSON.stringify({ email: customer.email, password: customer.password }),
  })
  cookie = reply.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
})

describe('a change from another site', () => {
  test.each([
    ['with its own origin', { origin: 'https://evil.social' }],
    ['with no origin', {}],
    ['with the origin null', { origin: 'null' }],
    [
      'with our origin in the header that is the edge’s to set',
      { origin: 'https://evil.social', 'x-viewer-origin': 'https://evil.social' },
    ],
    ['with the console’s origin', { origin: 'CONSOLE' }],
  ])('%s is not carried out', async (_, headers: Record<string, string>) => {
    const origin = headers['origin'] === 'CONSOLE' ? { origin: at.console } : {}
    const reply = await fetch(`${at.site}/api/keys`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', ...headers, ...origin },
      body: '{"name":"x"}',
    })
    expect(reply.status).toBe(403)
    expect(await reply.json()).toMatchObject({ error: { code: 'foreign-origin', reference: expect.any(String) } })
  })

  test('gets no leave to read answers', async () => {
    const reply = await fetch(`${at.site}/api/catalogue`, { headers: { origin: 'https://evil.social' } })
    expect(reply.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('a request that did not come through the edge', () => {
  test('is refused by every kind of function, and what a viewer claims of itself is cleared', async () => {
    // The functions themselves, as the gateway's public address would reach them.
    const { functionsOf } = await import('./functions.ts')
    const invoke = await functionsOf(inject('panel').ports)
    const http = (headers: Record<string, string>) => ({ headers, requestContext: { requestId: 'r-1', http: { method: 'GET' } } })
    for (const headers of [{}, { 'x-panel-edge': 'guess' }, { 'x-panel-edge': 'none' }, { 'X-Panel-Edge': '' }] as Record<
      string,
      string
    >[]) {
      expect(await invoke('public.read-catalogue', http(headers))).toMatchObject({
        statusCode: 403,
        body: expect.stringContaining('not-through-the-edge'),
      })
      expect(await invoke('reseller.protocol', http(headers))).toMatchObject({ body: '{"error":"Incorrect request"}' })
      expect(
        await invoke('reseller.authorize-key', {
          methodArn: 'arn',
          headers: { ...headers, 'x-api-key': inject('panel').demo.customer.apiKey },
        }),
      ).toMatchObject({
        policyDocument: { Statement: [{ Effect: 'Deny' }] },
      })
    }
    const reply = await fetch(`${at.site}/api/catalogue`, { headers: { 'x-panel-edge': 'guess', 'x-viewer-address': '1.2.3.4' } })
    expect(reply.status).toBe(200)
  })
})

describe('every answer', () => {
  test.each(['/', '/api/catalogue', '/api/me', '/api/nowhere', '/assets/nothing.js'])(
    'of %s carries the security headers',
    async (path) => {
      const { headers } = await fetch(`${at.site}${path}`)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('strict-transport-security')).toContain('max-age=')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
    },
  )

  test('to a page change told by the beacon is empty', async () => {
    const reply = await fetch(`${at.site}/beacon/orders`)
    expect(reply.status).toBe(204)
  })
})

test('files above the site’s folder are not served', async () => {
  for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/assets/../../package.json'])
    expect((await fetch(`${at.site}${path}`)).status, path).toBe(404)
})

test('the admin API is behind the console’s address alone', async () => {
  expect((await fetch(`${at.site}/api/admin/me`)).status).not.toBe(200)
  expect((await browser(at.console).call('GET', '/api/catalogue')).status).not.toBe(200)
})
