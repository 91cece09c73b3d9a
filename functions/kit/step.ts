import * as z from 'zod/mini'
import { cookies as customerCookies, type PanelCookie, staffCookies } from '../../core/identity/cookies.ts'
import { Refusal } from '../../core/refusals.ts'
import type { Cookies } from './endpoint.ts'

/** A sign-in under way is remembered by the browser, out of any script's reach, and is worth nothing without the next answer. */
function steps<const Next extends string>(cookie: PanelCookie, nexts: readonly Next[]) {
  const step = z.object({ next: z.enum(nexts), thread: z.string(), username: z.string(), seal: z.string() })
  type Step = z.output<typeof step>
  return {
    keep: (cookies: Cookies, current: Step): void =>
      cookies.set(cookie, Buffer.from(JSON.stringify(current)).toString('base64url')),
    drop: (cookies: Cookies): void => cookies.drop(cookie),
    /** Refuses when there is none, or it is at another point than this. */
    held(cookies: Cookies, ...expected: readonly Next[]): Step {
      const held = z.safeParse(step, parsed(Buffer.from(cookies.get(cookie) ?? '', 'base64url').toString()))
      if (!held.success || !expected.some((next) => next === held.data.next)) throw new Refusal('sign-in-expired')
      return held.data
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const staffSteps = steps(staffCookies.step, ['new-password', 'enrol-totp', 'totp'])
export const customerSteps = steps(customerCookies.step, ['totp'])

/** What the browser is to ask for next. */
export const nextStep = z.object({ next: z.enum(['new-password', 'enrol-totp', 'totp', 'done']) })
export const nextCustomerStep = z.object({ next: z.enum(['totp', 'done']) })

/** What an authenticator app scans. */
export const otpAddress = (issuer: string, secret: string): string => {
  const name = encodeURIComponent(issuer)
  return `otpauth://totp/${name}?secret=${secret}&issuer=${name}`
}
