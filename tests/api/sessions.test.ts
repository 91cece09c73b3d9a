import { describe, expect, test } from 'vitest'
import type { Browser } from '../../local/demo/browser.ts'
import { mailed } from '../../local/demo/mailbox.ts'
import { newPassword } from '../../local/demo/people.ts'
import { at, browser, newCustomer, signIn } from './people.ts'

interface Session {
  readonly sessionId: string
  readonly browser: string
  readonly address: string
  readonly beganAt: string
  readonly seenAt: string
  readonly current: boolean
}
const sessionsOf = async (page: Browser): Promise<Session[]> =>
  (await page.call('GET', '/api/sessions')).body['rows'] as unknown as Session[]
const codeOf = async (call: ReturnType<Browser['call']>): Promise<string | undefined> =>
  ((await call).body as { error?: { code: string } }).error?.code

describe('where an account is signed in', () => {
  test('is listed with device, address and times, the asking browser marked', async () => {
    const { page, email, password } = await newCustomer()
    const phone = await signIn(at.site, { email, password }, browser(at.site, { 'user-agent': 'A phone of mine' }))
    const listed = await sessionsOf(phone)
    expect(listed).toHaveLength(2)
    expect(listed.filter(({ current }) => current)).toMatchObject([
      { browser: 'A phone of mine', address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/), beganAt: expect.any(String) },
    ])
    expect((await sessionsOf(page)).find(({ current }) => current)?.browser).not.toBe('A phone of mine')
  })

  test('one is ended from its next step on, and cannot be renewed', async () => {
    const { page, email, password } = await newCustomer()
    const phone = await signIn(at.site, { email, password })
    const other = (await sessionsOf(page)).find(({ current }) => !current)
    expect((await page.call('DELETE', `/api/sessions/${other?.sessionId}`)).status).toBe(200)
    expect(await codeOf(phone.call('GET', '/api/me'))).toBe('session-ended')
    expect(await codeOf(phone.call('POST', '/api/session/refresh'))).toBe('session-ended')
    expect(await sessionsOf(page)).toHaveLength(1)
    expect(await codeOf(page.call('DELETE', `/api/sessions/${other?.sessionId}`))).toBe('session-not-found')
  })

  test('all others are ended at once, and the one that asked goes on', async () => {
    const { page, email, password } = await newCustomer()
    const others = [await signIn(at.site, { email, password }), await signIn(at.site, { email, password })]
    expect((await page.call('DELETE', '/api/sessions')).status).toBe(200)
    for (const other of others) expect(await codeOf(other.call('GET', '/api/me'))).toBe('session-ended')
    expect((await page.call('GET', '/api/me')).status).toBe(200)
  })

  test('somebody else’s is not there: it goes on', async () => {
    const [one, other] = [await newCustomer(), await newCustomer()]
    const [theirs] = await sessionsOf(other.page)
    expect(await codeOf(one.page.call('DELETE', `/api/sessions/${theirs?.sessionId}`))).toBe('session-not-found')
    expect((await one.page.call('DELETE', '/api/sessions')).status).toBe(200)
    expect((await other.page.call('GET', '/api/me')).status).toBe(200)
  })
})

describe('a password', () => {
  const change = (page: Browser, current: string, password: string) => page.call('PUT', '/api/me/password', { current, password })

  test('is changed with the one there is: the old one opens nothing, every other browser is out, and a mail says so', async () => {
    const { page, email, password } = await newCustomer()
    const phone = await signIn(at.site, { email, password })
    const wanted = newPassword()
    expect((await change(page, password, wanted)).status).toBe(200)
    expect(await codeOf(browser(at.site).call('POST', '/api/session', { email, password }))).toBe('credentials-invalid')
    expect(await codeOf(phone.call('GET', '/api/me'))).toBe('session-ended')
    expect((await page.call('GET', '/api/me')).status).toBe(200)
    expect((await page.call('POST', '/api/session/refresh')).status).toBe(200)
    await signIn(at.site, { email, password: wanted })
    expect(await mailed(at.mailbox, email, /(the password of your account)/)).toContain('the password')
  })

  test('stays as it is without the one there is, and is not changed to a weak one', async () => {
    const { page, email, password } = await newCustomer()
    expect(await codeOf(change(page, 'not the password 1', newPassword()))).toBe('password-wrong')
    expect(await codeOf(change(page, password, 'short1'))).toBe('password-too-weak')
    await signIn(at.site, { email, password })
    expect(await sessionsOf(page)).toHaveLength(2)
  })
})
