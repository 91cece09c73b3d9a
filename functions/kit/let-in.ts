import { cookies as customerCookies } from '../../core/identity/cookies.ts'
import { deviceOf } from '../../core/identity/device.ts'
import { type CustomerId, customerId, type SessionId } from '../../core/ids.ts'
import { iso } from '../../core/time.ts'
import type { Cookies, Viewer } from './endpoint.ts'
import { giveSession } from './session-cookies.ts'

interface Account {
  readonly customerId: CustomerId
  readonly fullName: string
  readonly email: string
  readonly terms: { readonly version: number; readonly acceptedAt: Date }
}

interface Tokens {
  readonly access: string
  readonly refresh: string
  readonly expiresInSeconds: number
  readonly subject: string
  readonly session: SessionId
  readonly person: { readonly email: string; readonly fullName: string; readonly terms: string }
}

/** What every way in has to have opened. */
interface WayIn {
  readonly customers: {
    get(id: CustomerId): Promise<{ readonly status: 'active' | 'suspended' | 'closed'; readonly email: string } | undefined>
  }
  /** Where somebody may come in who never did before. */
  readonly accounts?: { openOnce(account: Account, now: Date): Promise<void> }
  readonly emails: { correct(id: CustomerId, email: string): Promise<void> }
  readonly sessions: { begin(id: CustomerId, session: Viewer & { sessionId: SessionId; beganAt: Date }): Promise<void> }
  readonly history: { note(id: CustomerId, signIn: { outcome: Way; at: Date } & Viewer): Promise<void> }
  readonly devices: {
    knows(id: CustomerId, device: string, now: Date): Promise<boolean>
    keep(id: CustomerId, device: string, now: Date): Promise<void>
  }
  readonly mail: {
    send(messages: readonly { template: 'new-device'; to: CustomerId; device: string; at: string }[]): Promise<void>
  }
}

/** By which proof somebody came in. */
export type Way = 'password' | 'app' | 'recovery-code'

interface Asking {
  readonly viewer: Viewer
  readonly cookies: Cookies
  readonly now: Date
}

/** What every way into an account ends with, once the identity is proven: the session, and a mail if the device is a new one. */
export async function letIn(uses: WayIn, way: Way, tokens: Tokens, { viewer, cookies, now }: Asking): Promise<void> {
  const id = customerId(tokens.subject)
  const known = await uses.customers.get(id)
  // Suspended and closed ones are let in, too: the door of each endpoint says what is open to them.
  // The first sign-in after the email was confirmed opens the account; before that the panel holds nothing of anybody.
  if (!known) await opening(uses).openOnce({ customerId: id, ...accountOf(tokens.person) }, now)
  // A change of email that stopped half way is made good here: whoever signs in with it has it.
  else if (known.email !== tokens.person.email) await uses.emails.correct(id, tokens.person.email)
  await uses.sessions.begin(id, { sessionId: tokens.session, ...viewer, beganAt: now })
  await uses.history.note(id, { outcome: way, at: now, ...viewer })
  const device = deviceOf(viewer.browser)
  // Told before it is known: if the telling fails, it is still a new one next time.
  if (known && !(await uses.devices.knows(id, device, now)))
    await uses.mail.send([{ template: 'new-device', to: id, device, at: iso(now) }])
  await uses.devices.keep(id, device, now)
  giveSession(cookies, customerCookies, tokens)
}

function opening({ accounts }: WayIn): NonNullable<WayIn['accounts']> {
  if (!accounts) throw new Error('somebody without an account came in by a door for those who have one')
  return accounts
}

function accountOf({ email, fullName, terms }: Tokens['person']) {
  const [version = '', acceptedAt = ''] = terms.split('@')
  return { email, fullName, terms: { version: Number(version), acceptedAt: new Date(acceptedAt) } }
}
