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
