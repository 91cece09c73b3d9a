import type { PanelCookie } from '../../core/identity/cookies.ts'
import { type SessionId, sessionId } from '../../core/ids.ts'
import type { Cookies } from './endpoint.ts'

/** The two cookies of a session: the customers' or the staff's. */
interface SessionCookies {
  readonly access: PanelCookie
  readonly refresh: PanelCookie
}

/** What a sign-in or a refresh leaves with the browser: a short access token, and the means to renew it on one path alone. */
export function giveSession(
  cookies: Cookies,
  { access, refresh }: SessionCookies,
  tokens: {
    readonly access: string
    readonly refresh: string
    readonly subject: string
    readonly session: SessionId
  },
): void {
  cookies.set(access, tokens.access)
  cookies.set(refresh, `${tokens.subject}.${tokens.session}.${tokens.refresh}`)
}

export function takeSession(cookies: Cookies, { access, refresh }: SessionCookies): void {
  cookies.drop(access)
  cookies.drop(refresh)
}

/** What the refresh cookie holds; undefined when there is none. */
export function heldSession(
  cookies: Cookies,
  names: SessionCookies,
): { readonly subject: string; readonly session: SessionId; readonly refresh: string } | undefined {
  const [subject, session, ...refresh] = (cookies.get(names.refresh) ?? '').split('.')
  return subject && session && refresh.length > 0 ? { subject, session: sessionId(session), refresh: refresh.join('.') } : undefined
}
