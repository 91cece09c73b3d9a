import type { Page } from 'playwright-core'
import { type Browser, browser, must } from '../../local/demo/browser.ts'
import { type DemoStaff, totpCode } from '../../local/demo/people.ts'

/** The code of the next half minute, which is good already: the one of now was used when the app was set up. */
export const nextCode = (secret: string): string => totpCode(secret, Date.now() + 30_000)

/** Both factors, without a page. */
export async function staffSession(consoleUrl: string, { email, password, totpSecret }: DemoStaff): Promise<Browser> {
  const session = browser(consoleUrl)
  await must(session.call('POST', '/api/admin/session', { email, password }), 'staff sign-in')
  await must(session.call('POST', '/api/admin/session/totp', { code: nextCode(totpSecret) }), 'the second factor')
  return session
}

/** Both factors, as people type them. */
export async function signInAtTheConsole(
  page: Page,
  consoleUrl: string,
  { email, password, totpSecret }: DemoStaff,
): Promise<void> {
  await page.goto(`${consoleUrl}/sign-in`)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Code').fill(nextCode(totpSecret))
  await page.getByRole('navigation', { name: 'Main' }).waitFor()
}
