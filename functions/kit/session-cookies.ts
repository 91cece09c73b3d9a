import type { cookieNames } from '../../core/identity/cookies.ts'
import { type SessionId, sessionId } from '../../core/ids.ts'
import type { Cookies } from './endpoint.ts'

type Names = (typeof cookieNames)[keyof typeof cookieNames]

/** As long as a refresh token lives. */
const refreshSeconds = 30 * 86_400

/** What a sign-in or a refresh leaves with the browser: a short access token, and the means to renew it on one path alone. */
export function giveSession(
  cookies: Cookies,
  names: Names,
  tokens: {
    readonly access: string
    readonly refresh: string
    readonly expiresInSeconds: number
    readonly subject: string
    readonly session: SessionId
  },
): void {
  cookies.set(names.access, tokens.access, { path: '/', maxAgeSeconds: tokens.expiresInSeconds })
  cookies.set(names.refresh, `${tokens.subject}.${tokens.session}.${tokens.refresh}`, {
    path: names.refreshPath,
    maxAgeSeconds: refreshSeconds,
  })
}

export function takeSession(cookies: Cookies, names: Names): void {
  cookies.set(names.access, '', { path: '/', maxAgeSeconds: 0 })
  cookies.set(names.refresh, '', { path: names.refreshPath, maxAgeSeconds: 0 })
}

/** What the refresh cookie holds; undefined when there is none. */
export function heldSession(
  cookies: Cookies,
  names: Names,
): { readonly subject: string; readonly session: SessionId; readonly refresh: string } | undefined {
  const [subject, session, ...refresh] = (cookies.get(names.refresh) ?? '').split('.')
  return subject && session && refresh.length > 0 ? { subject, session: sessionId(session), refresh: refresh.join('.') } : undefined
}
