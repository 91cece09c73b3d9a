import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, test } from 'vitest'
import type { Browser, Reply } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { newPassword, totpCode } from '../../local/demo/people.ts'
import { mailAbout, mailsTo } from './mailbox.ts'
import { at, browser, type Customer, must, newCustomer, ownersConsole } from './people.ts'
import { everything } from './table.ts'

const codeOf = ({ body }: Reply): string | undefined => (body['error'] as { code?: string } | undefined)?.code
const stepOf = (time: number): number => Math.floor(time / 30_000)

/** An authenticator app whose every code is another one: a used one is waited out. */
function appWith(secret: string) {
  let last = 0
  return {
    async code(): Promise<string> {
      const step = Math.max(stepOf(Date.now()), last + 1)
      // The code of the next half minute is good already.
      while (step > stepOf(Date.now()) + 1) await sleep(500)
      last = step
      return totpCode(secret, step * 30_000)
    },
    last: (): string => totpCode(secret, last * 30_000),
  }
}

interface Guarded extends Customer {
  readonly app: ReturnType<typeof appWith>
  readonly codes: readonly string[]
}

async function guarded(): Promise<Guarded> {
  const customer = await newCustomer()
  const { page, password } = customer
  const { secret } = (await page.call('POST', '/api/me/second-factor/secret', { password })).body
  const app = appWith(String(secret))
  const { status, body } = await page.call('POST', '/api/me/second-factor', { password, code: await app.code() })
  expect(status).toBe(200)
  return { ...customer, app, codes: body['codes'] as unknown as string[] }
}

const standing = async (page: Browser) => (await page.call('GET', '/api/me/second-factor')).body
const begin = async ({ email, password }: Pick<Customer, 'email' | 'password'>) => {
  const page = browser(at.site)
  const reply = await page.call('POST', '/api/session', { email, password })
  return { page, next: reply.body['next'] }
}
const totp = (page: Browser, code: string) => page.call('POST', '/api/session/totp', { code })
const recover = ({ email, password }: Pick<Customer, 'email' | 'password'>, code: string, page = browser(at.site)) =>
  page.call('POST', '/api/session/recovery', { email, password, code })
const wrong = (code: string): string => (code === '000000' ? '000001' : '000000')

describe('a second factor', () => {
  test('is off at first, and on once a code of the app came back: then ten recovery codes are shown, and a mail tells', async () => {
    const { page, email, password } = await newCustomer()
    expect(await standing(page)).toEqual({ on: false, codesLeft: 0 })
    const { secret, address } = (await page.call('POST', '/api/me/second-factor/secret', { password })).body
    expect(address).toBe(`otpauth://totp/Panel?secret=${secret}&issuer=Panel`)
    const app = appWith(String(secret))
    const first = await app.code()
    expect(codeOf(await page.call('POST', '/api/me/second-factor', { password, code: wrong(first) }))).toBe('code-invalid')
    expect((await begin({ email, password })).next).toBe('done')

    const { body } = await page.call('POST', '/api/me/second-factor', { password, code: first })
    const codes = body['codes'] as unknown as string[]
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/)
    expect(await standing(page)).toMatchObject({ on: true, codesLeft: 10 })
    await mailAbout(email, /asks for a second factor now/)
    // The session it was turned on from goes on.
    expect((await page.call('GET', '/api/me')).status).toBe(200)
  })

  test('is not turned on, looked at, or turned off without the password', async () => {
    const { page, password } = await newCustomer()
    const not = 'not the password 1'
    for (const [path, body] of [
      ['/secret', { password: not }],
      ['', { password: not, code: '123456' }],
      ['/off', { password: not, code: '123456' }],
      ['/codes', { password: not, code: '123456' }],
    ] as const)
      expect(codeOf(await page.call('POST', `/api/me/second-factor${path}`, body)), path).toBe('password-wrong')
    expect(codeOf(await page.call('POST', '/api/me/second-factor/codes', { password, code: '123456' }))).toBe('second-factor-off')
  })

  test('is asked for at every sign-in, after the password: neither of the two alone opens anything', async () => {
    const someone = await guarded()
    const { page, next } = await begin(someone)
    expect(next).toBe('totp')
    expect(codeOf(await page.call('GET', '/api/me'))).toBe('session-required')
    const code = await someone.app.code()
    expect(codeOf(await totp(browser(at.site), code))).toBe('sign-in-expired')
    expect(codeOf(await totp(page, wrong(code)))).toBe('code-invalid')
    expect((await totp(page, code)).body).toEqual({ next: 'done' })
    expect((await page.call('GET', '/api/me')).status).toBe(200)
    expect((await begin({ ...someone, password: 'not the password 1' })).next).toBeUndefined()
  })

  test('takes a code once, also of two who come with it at once', async () => {
    const someone = await guarded()
    const again = await begin(someone)
    expect(codeOf(await totp(again.page, someone.app.last()))).toBe('code-invalid')
    const two = await Promise.all([begin(someone), begin(someone)])
    const code = await someone.app.code()
    const answers = await Promise.all(two.map(({ page }) => totp(page, code)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422])
    expect(answers.flatMap((reply) => codeOf(reply) ?? [])).toEqual(['code-invalid'])
  })

  test('has a step that nobody else’s code finishes, and that nobody can write himself', async () => {
    const [one, other] = await Promise.all([guarded(), guarded()])
    const mine = await begin(one)
    expect(codeOf(await totp(mine.page, await other.app.code()))).toBe('code-invalid')
    const forged = Buffer.from(JSON.stringify({ next: 'totp', thread: 'x', username: one.customerId, seal: 'x' }))
    const reply = await fetch(`${at.site}/api/session/totp`, {
      method: 'POST',
      headers: { origin: at.site, 'content-type': 'application/json', cookie: `__Secure-step=${forged.toString('base64url')}` },
      body: JSON.stringify({ code: '123456' }),
    })
    expect(await reply.json()).toMatchObject({ error: { code: 'sign-in-expired' } })
  })

  test('is tried ten times in ten minutes, and then not even with the right code', async () => {
    const someone = await guarded()
    const { page } = await begin(someone)
    const code = await someone.app.code()
    for (let tries = 0; tries < 10; tries++) await totp(page, wrong(code))
    expect(codeOf(await totp(page, code))).toBe('too-many-requests')
  })

  test('is still asked for after the password was changed, and after it was forgotten', async () => {
    const someone = await guarded()
    const changed = newPassword()
    const change = { current: someone.password, password: changed, code: await someone.app.code() }
    expect((await someone.page.call('PUT', '/api/me/password', change)).status).toBe(200)
    expect((await begin({ ...someone, password: changed })).next).toBe('totp')
    const page = browser(at.site)
    await page.call('POST', '/api/password/forgot', { email: someone.email })
    const code = await mailed(at.mailbox, someone.email, /new password[\s\S]*?: (\d{6})\b/i)
    const forgotten = newPassword()
    expect((await page.call('POST', '/api/password/reset', { email: someone.email, code, password: forgotten })).status).toBe(200)
    expect((await begin({ ...someone, password: forgotten })).next).toBe('totp')
    expect((await page.call('GET', '/api/me')).status).toBe(401)
  })

  test('is turned off with the password and a code, and mail says so; the recovery codes are worth nothing then', async () => {
    const someone = await guarded()
    const off = (code: string) => someone.page.call('POST', '/api/me/second-factor/off', { password: someone.password, code })
    const code = await someone.app.code()
    expect(codeOf(await off(wrong(code)))).toBe('code-invalid')
    expect((await off(code)).status).toBe(200)
    expect(await standing(someone.page)).toEqual({ on: false, codesLeft: 0 })
    expect((await begin(someone)).next).toBe('done')
    expect(codeOf(await recover(someone, someone.codes[0] ?? ''))).toBe('code-invalid')
    await mailAbout(someone.email, /asks for no second factor any more/)
    expect((await everything()).filter(({ pk }) => pk === `SECOND-FACTOR#${someone.customerId}`)).toEqual([])
  })

  test('that is on is not set up a second time behind its owner’s back', async () => {
    const someone = await guarded()
    expect(codeOf(await someone.page.call('POST', '/api/me/second-factor/secret', { password: someone.password }))).toBe(
      'second-factor-on',
    )
  })
})

describe('the email and the password of an account with a second factor', () => {
  test('are not changed by the password alone: a code of the app or a recovery code is asked for too, and good once', async () => {
    const someone = await guarded()
    const other = `${randomUUID().slice(0, 8)}@new.test`
    const wanted = newPassword()
    const change = async (code?: string) =>
      codeOf(await someone.page.call('PUT', '/api/me/password', { current: someone.password, password: wanted, code }))
    const ask = async (code?: string) =>
      codeOf(await someone.page.call('PUT', '/api/me/email', { email: other, password: someone.password, code }))
    for (const tried of [change, ask]) {
      expect(await tried()).toBe('second-factor-needed')
      expect(await tried(someone.app.last())).toBe('code-invalid')
      expect(await tried(wrong(someone.app.last()))).toBe('code-invalid')
      expect(await tried('AAAA-BBBB-CCCC-DDDD')).toBe('code-invalid')
      expect(await tried('not a code at all')).toBe('code-invalid')
    }
    expect((await mailsTo(someone.email)).filter(({ subject }) => /another email|password/.test(subject))).toEqual([])
    expect((await begin(someone)).next).toBe('totp')

    const code = await someone.app.code()
    expect(await ask(code)).toBeUndefined()
    expect(await change(code)).toBe('code-invalid')
    const [recovery = ''] = someone.codes
    expect(await change(recovery)).toBeUndefined()
    // The code is used up, and the app is as it was.
    expect(await standing(someone.page)).toMatchObject({ on: true, codesLeft: 9 })
    expect((await begin({ ...someone, password: wanted })).next).toBe('totp')
    expect(codeOf(await recover({ ...someone, password: wanted }, recovery))).toBe('code-invalid')
  })

  test('ask for the password first: a code alone changes nothing and is not used up', async () => {
    const someone = await guarded()
    const code = await someone.app.code()
    const not = 'not the password 1'
    const change = (current: string, with_: string) =>
      someone.page.call('PUT', '/api/me/password', { current, password: newPassword(), code: with_ })
    expect(codeOf(await change(not, code))).toBe('password-wrong')
    expect(codeOf(await change(not, someone.codes[0] ?? ''))).toBe('password-wrong')
    expect(await standing(someone.page)).toMatchObject({ codesLeft: 10 })
    expect((await change(someone.password, code)).status).toBe(200)
  })
})

describe('a recovery code', () => {
  test('opens the account in place of the app, which is forgotten with it; a mail tells', async () => {
    const someone = await guarded()
    const page = browser(at.site)
    const spelled = ` ${(someone.codes[3] ?? '').toLowerCase().replaceAll('-', ' ')} `
    expect((await recover(someone, spelled, page)).body).toEqual({ next: 'done' })
    expect(await standing(page)).toEqual({ on: false, codesLeft: 0 })
    await mailAbout(someone.email, /A recovery code opened/)
    expect((await begin(someone)).next).toBe('done')
  })

  test('works once, however many come with it at once', async () => {
    const someone = await guarded()
    const answers = await Promise.all(Array.from({ length: 8 }, () => recover(someone, someone.codes[0] ?? '')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(new Set(answers.filter(({ status }) => status !== 200).map(codeOf))).toEqual(new Set(['code-invalid']))
  })

  test('opens nothing without the password, nor another account', async () => {
    const [one, other] = await Promise.all([guarded(), guarded()])
    const code = one.codes[0] ?? ''
    expect(codeOf(await recover({ ...one, password: 'not the password 1' }, code))).toBe('credentials-invalid')
    expect(codeOf(await recover(other, code))).toBe('code-invalid')
    expect(codeOf(await recover(one, 'AAAA-BBBB-CCCC-DDDD'))).toBe('code-invalid')
    expect(codeOf(await recover(one, '123456'))).toBe('code-invalid')
    expect(await standing(one.page)).toMatchObject({ on: true, codesLeft: 10 })
  })

  test('of before is worth nothing once new ones were made', async () => {
    const someone = await guarded()
    const { page, password } = someone
    const renew = async (code: string) =>
      (await page.call('POST', '/api/me/second-factor/codes', { password, code })).body['codes'] as unknown as string[]
    expect(codeOf(await page.call('POST', '/api/me/second-factor/codes', { password, code: someone.app.last() }))).toBe(
      'code-invalid',
    )
    const fresh = await renew(await someone.app.code())
    expect(fresh.filter((code) => someone.codes.includes(code))).toEqual([])
    expect(await standing(page)).toMatchObject({ codesLeft: 10 })
    await mailAbout(someone.email, /New recovery codes/)
    expect(codeOf(await recover(someone, someone.codes[0] ?? ''))).toBe('code-invalid')
    const off = await page.call('POST', '/api/me/second-factor/off', { password, code: fresh[0] })
    expect(off.status).toBe(200)
  })

  test('is nowhere in the table, and neither is the secret of the app', async () => {
    const someone = await guarded()
    const kept = JSON.stringify((await everything()).filter(({ pk }) => String(pk).endsWith(someone.customerId)))
    for (const code of someone.codes) {
      expect(kept).not.toContain(code)
      expect(kept).not.toContain(code.replaceAll('-', ''))
    }
  })

  test('of a suspended account opens what is open to it, as any does', async () => {
    const someone = await guarded()
    const status = (to: string) => ({ status: to, memo: 'for a test' })
    const path = `/api/admin/customers/${someone.customerId}/status`
    await (await ownersConsole()).call('PUT', path, status('suspended'))
    expect((await recover(someone, someone.codes[0] ?? '')).status).toBe(200)
    expect(codeOf(await recover(someone, someone.codes[0] ?? ''))).toBe('code-invalid')
  })
})

describe('at the identity provider itself', () => {
  const { ports } = inject('panel')
  const client = { ClientId: 'local-customers-client', ClientSecret: 'local-customers-secret' }
  const ask = async (operation: string, body: object) =>
    (await (
      await fetch(`http://127.0.0.1:${ports.identity}/`, {
        method: 'POST',
        headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`, 'content-type': 'application/x-amz-json-1.1' },
        body: JSON.stringify(body),
      })
    ).json()) as Record<string, unknown>
  const signedIn = async ({ email, password }: Customer) => {
    const hash = createHmac('sha256', client.ClientSecret).update(`${email}${client.ClientId}`).digest('base64')
    const { AuthenticationResult } = (await ask('InitiateAuth', {
      ClientId: client.ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password, SECRET_HASH: hash },
    })) as { AuthenticationResult: { AccessToken: string; RefreshToken: string } }
    return AuthenticationResult
  }
  const refused = { __type: 'NotAuthorizedException' }

  test('a browser’s access token enrols no app, whoever holds it, and neither does a refreshed one', async () => {
    const someone = await newCustomer()
    const first = someone.page.cookie('__Host-access')
    expect(first).toMatch(/^ey/)
    await must(someone.page.call('POST', '/api/session/refresh'), 'refreshing')
    const second = someone.page.cookie('__Host-access')
    expect(second).not.toBe(first)
    for (const AccessToken of [first, second]) {
      expect(await ask('AssociateSoftwareToken', { AccessToken })).toMatchObject({
        ...refused,
        message: 'Access Token does not have required scopes',
      })
      expect(await ask('VerifySoftwareToken', { AccessToken, UserCode: '123456' })).toMatchObject(refused)
    }
    const staff = (await ownersConsole()).cookie('__Host-access')
    expect(await ask('AssociateSoftwareToken', { AccessToken: staff })).toMatchObject(refused)
  })

  test('a token for the panel’s own call opens no route, and nothing at all once its family was revoked', async () => {
    const someone = await newCustomer()
    const { RefreshToken } = await signedIn(someone)
    const ClientMetadata = { purpose: 'own-call' }
    const forged = await ask('GetTokensFromRefreshToken', { ...client, ClientSecret: 'guessed', RefreshToken, ClientMetadata })
    expect(forged).toMatchObject(refused)
    const widened = await ask('GetTokensFromRefreshToken', { ...client, RefreshToken, ClientMetadata })
    const { AccessToken, ...own } = widened['AuthenticationResult'] as { AccessToken: string; RefreshToken: string }
    const me = await fetch(`${at.site}/api/me`, { headers: { cookie: `__Host-access=${AccessToken}` } })
    expect(me.status).toBe(403)
    expect(await ask('AssociateSoftwareToken', { AccessToken })).toHaveProperty('SecretCode')
    await ask('RevokeToken', { ...client, Token: own.RefreshToken })
    expect(await ask('AssociateSoftwareToken', { AccessToken })).toMatchObject(refused)
    expect(await ask('AssociateSoftwareToken', { AccessToken: `${AccessToken}x` })).toMatchObject(refused)
  })
})
