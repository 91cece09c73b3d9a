import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Secret, TOTP } from 'otpauth'
import { type Browser, browser, must } from './browser.ts'
import { mailed, sixDigits } from './mailbox.ts'

export interface DemoStaff {
  readonly email: string
  readonly password: string
  readonly totpSecret: string
}
export interface DemoCustomer {
  readonly email: string
  readonly password: string
}

export const newPassword = (): string => `${randomBytes(9).toString('base64url')}-7a`
export const totpCode = (secret: string, at: number = Date.now()): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })

/** Signs somebody up, as a person would: with the code from the mailbox. */
export async function signUp(
  siteUrl: string,
  mailboxUrl: string,
  person: DemoCustomer & { readonly fullName: string },
): Promise<Browser> {
  const page = browser(siteUrl)
  const { version: terms } = await must(page.call('GET', '/api/policy'), 'the policy')
  await must(page.call('POST', '/api/sign-up', { ...person, acceptedTerms: terms }), 'sign-up')
  const code = await mailed(mailboxUrl, person.email, sixDigits)
  await must(page.call('POST', '/api/sign-up/confirm', { email: person.email, code }), 'confirming')
  return signIn(siteUrl, person, page)
}

export async function signIn(
  siteUrl: string,
  { email, password }: DemoCustomer,
  page: Browser = browser(siteUrl),
): Promise<Browser> {
  await must(page.call('POST', '/api/session', { email, password }), 'sign-in')
  return page
}

/** The first sign-in of a member of staff: a password of their own, and an authenticator app. */
export async function enrolStaff(
  consoleUrl: string,
  email: string,
  firstPassword: string,
): Promise<{ staff: DemoStaff; page: Browser }> {
  const page = browser(consoleUrl)
  const password = newPassword()
  await must(page.call('POST', '/api/admin/session', { email, password: firstPassword }), 'staff sign-in')
  await must(page.call('POST', '/api/admin/session/password', { password }), 'the first password')
  const { secret } = await must(page.call('POST', '/api/admin/session/totp-secret'), 'the authenticator’s secret')
  await must(page.call('POST', '/api/admin/session/totp', { code: totpCode(String(secret)) }), 'the second factor')
  return { staff: { email, password, totpSecret: String(secret) }, page }
}

/** A sign-in with both factors. A code is good once, so the next one is waited for where it was used already. */
export async function signInStaff(consoleUrl: string, { email, password, totpSecret }: DemoStaff): Promise<Browser> {
  const page = browser(consoleUrl)
  for (let tries = 0; tries < 40; tries++) {
    await must(page.call('POST', '/api/admin/session', { email, password }), 'staff sign-in')
    const { status } = await page.call('POST', '/api/admin/session/totp', { code: totpCode(totpSecret) })
    if (status === 200) return page
    await sleep(5_000)
  }
  throw new Error('the second factor was not taken')
}
