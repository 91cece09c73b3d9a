import { periods } from '../privacy/periods.ts'

/** What a cookie is for (P-CK-1): there is no other kind. */
export type CookieKind = 'session' | 'preferences' | 'performance'

export interface Cookie {
  readonly name: string
  readonly path: string
  readonly maxAgeSeconds: number
  readonly kind: CookieKind
  readonly purpose: string
}

/** As long as the pools' access tokens are good. */
export const accessMinutes = 5

/**
 * Every cookie there is (P-CK-1): the code that sets them and the page that lists them both read this. The prefixes make
 * the browser hold them to their rules.
 */
export const cookies = {
  access: {
    name: '__Host-access',
    path: '/',
    maxAgeSeconds: accessMinutes * 60,
    kind: 'session',
    purpose: 'Shows that you are signed in.',
  },
  refresh: {
    name: '__Secure-refresh',
    path: '/api/session',
    maxAgeSeconds: periods.sessionDays * 86_400,
    kind: 'session',
    purpose: 'Renews the cookie above while you use the panel.',
  },
  signUp: {
    name: '__Secure-sign-up',
    path: '/api/sign-up',
    maxAgeSeconds: 86_400,
    kind: 'session',
    purpose: 'Binds the code that is mailed to you when you sign up to the browser that asked for it.',
  },
  step: {
    name: '__Secure-step',
    path: '/api/session',
    maxAgeSeconds: 180,
    kind: 'session',
    purpose: 'Remembers a sign-in between the password and the second factor.',
  },
} as const satisfies Readonly<Record<string, Cookie>>

/** The same on the console's address, which customers never visit. */
export const staffCookies = {
  access: {
    name: '__Host-staff-access',
    path: '/',
    maxAgeSeconds: accessMinutes * 60,
    kind: 'session',
    purpose: 'Shows that a member of staff is signed in.',
  },
  refresh: {
    name: '__Secure-staff-refresh',
    path: '/api/admin/session',
    maxAgeSeconds: periods.sessionDays * 86_400,
    kind: 'session',
    purpose: 'Renews the cookie above.',
  },
  step: {
    name: '__Secure-staff-step',
    path: '/api/admin/session',
    maxAgeSeconds: 180,
    kind: 'session',
    purpose: 'Remembers a sign-in between the password and the second factor.',
  },
} as const satisfies Readonly<Record<string, Cookie>>

/** What the code may set, and nothing else. */
export type PanelCookie = (typeof cookies)[keyof typeof cookies] | (typeof staffCookies)[keyof typeof staffCookies]

/** Of every one of them: out of scripts' reach, never in the clear, and never sent from another site. */
export const cookieAttributes = ['HttpOnly', 'Secure', 'SameSite=Strict'] as const
