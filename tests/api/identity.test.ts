import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { mailed, sixDigits } from '../../local/demo/mailbox.ts'
import { newPassword, totpCode } from '../../local/demo/people.ts'
import { mailAbout, mailsTo } from './mailbox.ts'
import { at, browser, type Customer, newCustomer, ownersConsole, signIn } from './people.ts'

const somebody = () => ({
  fullName: 'Sam Somebody',
  email: `${randomUUID().slice(0, 8)}@customer.test`,
  password: newPassword(),
  acceptedTerms: 1,
})
const codeOf = ({ body }: { body: Record<string, unknown> }): unknown => (body['error'] as { code?: string } | undefined)?.code
/** Milliseconds a call takes. */
async function timed(call: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await call()
  return performance.now() - began
}

let customer: Customer
beforeAll(async () => {
  customer = await newCustomer()
})

describe('signing up', () => {
  test('an account exists only after the mailed code was entered', async () => {
    const person = somebody()
    const page = browser(at.site)
    expect((await page.call('POST', '/api/sign-up', person)).status).toBe(202)
    expect(codeOf(await page.call('POST', '/api/session', person))).toBe('credentials-invalid')
    const code = await mailed(at.mailbox, person.email, sixDigits)
    expect(
      codeOf(
        await page.call('POST', '/api/sign-up/confirm', { email: person.email, code: code === '000000' ? '000001' : '000000' }),
      ),
    ).toBe('code-invalid')
    expect((await page.call('POST', '/api/sign-up/confirm', { email: person.email, code })).status).toBe(200)
    expect((await page.call('POST', '/api/session', person)).status).toBe(200)
    expect((await page.call('GET', '/api/me')).body).toMatchObject({
      fullName: 'Sam Somebody',
      email: person.email,
      wallet: { available: '0.00', total: '0.00' },
    })
  })

  test('the answer to a taken email is the same, and its owner is told by mail', async () => {
    const fresh = await browser(at.site).call('POST', '/api/sign-up', somebody())
    const taken = await browser(at.site).call('POST', '/api/sign-up', { ...somebody(), email: customer.email })
    expect(taken).toEqual(fresh)
    await mailAbout(customer.email, /^You already have an account at Panel$/)
    expect((await browser(at.site).call('POST', '/api/session', customer)).status).toBe(200)
  })

  test('whoever signs up with somebody else’s email cannot get into the account its owner makes later', async () => {
    const victim = somebody()
    const attacker = { ...victim, password: newPassword() }
    const attackersPage = browser(at.site)
    await attackersPage.call('POST', '/api/sign-up', attacker)
    const firstCode = await mailed(at.mailbox, victim.email, sixDigits)
    const victimsPage = browser(at.site)
    await victimsPage.call('POST', '/api/sign-up', victim)
    // The attacker's own browser cannot confirm the victim's sign-up, and the victim's browser cannot be led to confirm the attacker's.
    const codes = (await mailsTo(victim.email)).flatMap(({ text }) => sixDigits.exec(text)?.[1] ?? [])
    const code = codes.at(-1)
    expect(codeOf(await attackersPage.call('POST', '/api/sign-up/confirm', { email: victim.email, code }))).toBe('code-invalid')
    if (firstCode !== code)
      expect(codeOf(await victimsPage.call('POST', '/api/sign-up/confirm', { email: victim.email, code: firstCode }))).toBe(
        'code-invalid',
      )
    expect((await victimsPage.call('POST', '/api/sign-up/confirm', { email: victim.email, code })).status).toBe(200)
    expect(codeOf(await browser(at.site).call('POST', '/api/session', attacker))).toBe('credentials-invalid')
    expect((await browser(at.site).call('POST', '/api/session', victim)).status).toBe(200)
  })

  test.each([
    ['a weak password', { password: 'password12' }, 422, 'password-too-weak'],
    ['a short password', { password: 'a1b2c3' }, 422, 'password-too-weak'],
    ['terms of another day', { acceptedTerms: 99 }, 409, 'terms-outdated'],
    ['no name', { fullName: '  ' }, 400, 'invalid-request'],
    ['no email', { email: 'not an email' }, 400, 'invalid-request'],
  ])('%s is refused', async (_, over, status, code) => {
    const reply = await browser(at.site).call('POST', '/api/sign-up', { ...somebody(), ...over })
    expect({ status: reply.status, code: codeOf(reply) }).toEqual({ status, code })
  })
})

describe('whether an email has an account', () => {
  const nobody = { email: `${randomUUID()}@customer.test`, password: newPassword() }

  test.each([
    ['signing in', '/api/session', { password: 'wrong-password-1' }],
    ['a new sign-up code', '/api/sign-up/code', {}],
    ['a forgotten password', '/api/password/forgot', {}],
    ['a new password', '/api/password/reset', { code: '123456', password: newPassword() }],
    ['confirming', '/api/sign-up/confirm', { code: '123456' }],
  ])('is not told by the answer to %s', async (_, path, more) => {
    const there = await browser(at.site).call('POST', path, { email: customer.email, ...more })
    const notThere = await browser(at.site).call('POST', path, { email: nobody.email, ...more })
    const plain = ({ status, body }: typeof there) => JSON.stringify({ status, body }).replaceAll(/"reference":"[^"]+"/g, '')
    expect(plain(there)).toBe(plain(notThere))
  })

  test('is not told by the time the answer takes', async () => {
    const somebodyElse = await newCustomer()
    const steps = async (email: string): Promise<number> => {
      const wrong = { email, password: 'wrong-password-1' }
      return Math.floor((await timed(() => browser(at.site).call('POST', '/api/session', wrong))) / 750)
    }
    // Answers are given at full steps of 750 ms. A busy machine may miss one, now for this call and now for that.
    let both: readonly number[] = []
    for (let tries = 0; tries < 4 && both.join() !== '1,1'; tries++)
      both = [await steps(somebodyElse.email), await steps(nobody.email)]
    expect(both).toEqual([1, 1])
  })
})

describe('a session', () => {
  test('is renewed by its refresh cookie, which is used up, and ends with signing out', async () => {
    const page = await signIn(at.site, customer)
    expect((await page.call('POST', '/api/session/refresh')).status).toBe(200)
    expect((await page.call('POST', '/api/session/refresh')).status).toBe(200)
    expect((await page.call('GET', '/api/me')).status).toBe(200)
    expect((await page.call('DELETE', '/api/session')).status).toBe(200)
    expect(codeOf(await page.call('GET', '/api/me'))).toBe('session-required')
    expect(codeOf(await page.call('POST', '/api/session/refresh'))).toBe('session-required')
  })

  test('that was ended stays ended, although its access token is still good', async () => {
    const { cookie } = await signedInByHand()
    const ask = () => fetch(`${at.site}/api/me`, { headers: { cookie } })
    expect((await ask()).status).toBe(200)
    expect((await fetch(`${at.site}/api/session`, { method: 'DELETE', headers: { cookie, origin: at.site } })).status).toBe(200)
    expect(await (await ask()).json()).toMatchObject({ error: { code: 'session-ended' } })
    const again = await fetch(`${at.site}/api/session/refresh`, { method: 'POST', headers: { cookie, origin: at.site } })
    expect(await again.json()).toMatchObject({ error: { code: 'session-ended' } })
  })

  test('lives in cookies that no script can read, that no other site can send, and that are bound to their path', async () => {
    const { cookies } = await signedInByHand()
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['__Host-access', '__Secure-refresh'])
    for (const cookie of cookies)
      for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Strict']) expect(cookie).toContain(attribute)
    expect(cookies[0]).toContain('Path=/;')
    expect(cookies[1]).toContain('Path=/api/session;')
  })

  test('that is forged, broken or of another kind opens nothing', async () => {
    const { cookie } = await signedInByHand()
    const token = /__Host-access=([^;]+)/.exec(cookie)?.[1] ?? ''
    const [header = '', payload = '', signature = ''] = token.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: randomUUID() })).toString('base64url')
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url')
    for (const bad of [
      `${header}.${forged}.${signature}`,
      `${unsigned}.${payload}.`,
      `${header}.${payload}.${signature.slice(0, -4)}AAAA`,
      'x',
      'a.b.c',
    ]) {
      const reply = await fetch(`${at.site}/api/me`, { headers: { cookie: `__Host-access=${bad}` } })
      expect(reply.status, bad.slice(0, 40)).toBe(401)
      expect(reply.headers.get('apigw-requestid')).toBeTruthy()
    }
  })

  test('of an ID token in place of an access token opens nothing', async () => {
    const { ports } = inject('panel')
    const { createHmac } = await import('node:crypto')
    const hash = createHmac('sha256', 'local-customers-secret').update(`${customer.email}local-customers-client`).digest('base64')
    const reply = await fetch(`http://127.0.0.1:${ports.identity}/`, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth', 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify({
        ClientId: 'local-customers-client',
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: customer.email, PASSWORD: customer.password, SECRET_HASH: hash },
      }),
    })
    const { AuthenticationResult } = (await reply.json()) as { AuthenticationResult: { IdToken: string } }
    const answer = await fetch(`${at.site}/api/me`, { headers: { cookie: `__Host-access=${AuthenticationResult.IdToken}` } })
    expect(answer.status).toBe(403)
  })

  test('is not carried by a bearer header: only the edge turns a cookie into one', async () => {
    const { cookie } = await signedInByHand()
    const token = /__Host-access=([^;]+)/.exec(cookie)?.[1] ?? ''
    const reply = await fetch(`${at.site}/api/me`, { headers: { authorization: `Bearer ${token}` } })
    expect(await reply.json()).toMatchObject({ error: { code: 'session-required' } })
  })
})

async function signedInByHand(): Promise<{ cookies: string[]; cookie: string }> {
  const reply = await fetch(`${at.site}/api/session`, {
    method: 'POST',
    headers: { origin: at.site, 'content-type': 'application/json' },
    body: JSON.stringify({ email: customer.email, password: customer.password }),
  })
  const cookies = reply.headers.getSetCookie()
  return { cookies, cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') }
}

describe('a forgotten password', () => {
  test('is replaced with the mailed code, once, and everybody who was signed in is signed out', async () => {
    const person = await newCustomer()
    const page = browser(at.site)
    await page.call('POST', '/api/password/forgot', { email: person.email })
    const code = await mailed(at.mailbox, person.email, /password with this code: (\d{6})/)
    const password = newPassword()
    expect((await page.call('POST', '/api/password/reset', { email: person.email, code, password })).status).toBe(200)
    expect(codeOf(await page.call('POST', '/api/password/reset', { email: person.email, code, password }))).toBe('code-invalid')
    expect(codeOf(await person.page.call('GET', '/api/me'))).toBe('session-ended')
    expect(codeOf(await page.call('POST', '/api/session', person))).toBe('credentials-invalid')
    expect((await page.call('POST', '/api/session', { email: person.email, password })).status).toBe(200)
  })
})

describe('guessing', () => {
  test('one email is mailed five codes an hour and no more, whoever asks, and thirty who ask at once make no fault', async () => {
    const person = somebody()
    const tries = await Promise.all(Array.from({ length: 30 }, () => browser(at.site).call('POST', '/api/sign-up', person)))
    const statuses = new Set(tries.map(({ status }) => status))
    expect([...statuses].sort()).toEqual([202, 429])
    expect(tries.filter(({ status }) => status === 202)).toHaveLength(5)
    expect((await mailsTo(person.email)).length).toBeLessThanOrEqual(5)
  })

  test('one email’s password is throttled, with the sentence that nothing was changed', async () => {
    const email = `${randomUUID()}@customer.test`
    const tries = await Promise.all(
      Array.from({ length: 22 }, () => browser(at.site).call('POST', '/api/session', { email, password: 'wrong-password-1' })),
    )
    expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(2)
    expect(codeOf(tries.find(({ status }) => status === 429) ?? { body: {} })).toBe('too-many-requests')
  })
})

describe('staff', () => {
  test('never get in by a password alone', async () => {
    const { staff } = inject('panel').demo
    const page = browser(at.console)
    expect((await page.call('POST', '/api/admin/session', staff)).body).toEqual({ next: 'totp' })
    expect(codeOf(await page.call('GET', '/api/admin/me'))).toBe('session-required')
    expect(codeOf(await page.call('POST', '/api/admin/session/totp', { code: '000000' }))).toBe('code-invalid')
    expect(codeOf(await page.call('POST', '/api/admin/session/totp-secret'))).toBe('sign-in-expired')
    expect(codeOf(await page.call('POST', '/api/admin/session/password', { password: newPassword() }))).toBe('sign-in-expired')
  })

  test('cannot say that a sign-in under way is somebody else’s, or their own in other letters', async () => {
    const { staff } = inject('panel').demo
    const begun = await fetch(`${at.console}/api/admin/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: at.console },
      body: JSON.stringify({ email: staff.email, password: staff.password }),
    })
    const [name = '', value = ''] = begun.headers.getSetCookie()[0]?.split(';')[0]?.split('=') ?? []
    const step = JSON.parse(Buffer.from(value, 'base64url').toString()) as { username: string }
    const finish = async (changed: object): Promise<unknown> => {
      const cookie = `${name}=${Buffer.from(JSON.stringify({ ...step, ...changed })).toString('base64url')}`
      const reply = await fetch(`${at.console}/api/admin/session/totp`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: at.console, cookie },
        body: JSON.stringify({ code: '000000' }),
      })
      return ((await reply.json()) as { error: { code: string } }).error.code
    }
    expect(await finish({})).toBe('code-invalid')
    for (const changed of [{ username: step.username.toUpperCase() }, { username: 'x' }, { next: 'enrol-totp' }, { seal: '' }])
      expect(await finish(changed), JSON.stringify(changed)).toBe('sign-in-expired')
  })

  test('a code from the authenticator is good once', async () => {
    const console = await ownersConsole()
    const email = `twice-${randomUUID().slice(0, 8)}@panel.test`
    await console.call('POST', '/api/admin/staff', { email, role: 'support', memo: 'for a test' })
    const first = await mailed(at.mailbox, email, /password (\S+)/)
    const page = browser(at.console)
    const password = newPassword()
    await page.call('POST', '/api/admin/session', { email, password: first })
    await page.call('POST', '/api/admin/session/password', { password })
    const { secret } = (await page.call('POST', '/api/admin/session/totp-secret')).body
    const code = totpCode(String(secret))
    expect((await page.call('POST', '/api/admin/session/totp', { code })).body).toEqual({ next: 'done' })
    const second = browser(at.console)
    await second.call('POST', '/api/admin/session', { email, password })
    expect(codeOf(await second.call('POST', '/api/admin/session/totp', { code }))).toBe('code-invalid')
  })

  test('a customer’s session opens nothing in the console', async () => {
    const { cookie } = await signedInByHand()
    const token = /__Host-access=([^;]+)/.exec(cookie)?.[1]
    const reply = await fetch(`${at.console}/api/admin/me`, { headers: { cookie: `__Host-staff-access=${token}` } })
    expect(reply.status).toBe(401)
  })
})
