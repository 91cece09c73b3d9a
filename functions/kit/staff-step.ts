import * as z from 'zod/mini'
import { staffStepCookie } from '../../core/identity/cookies.ts'
import { Refusal } from '../../core/refusals.ts'
import type { Cookies } from './endpoint.ts'

const step = z.object({
  next: z.enum(['new-password', 'enrol-totp', 'totp']),
  thread: z.string(),
  username: z.string(),
  seal: z.string(),
})
type Step = z.output<typeof step>

/** A sign-in under way is remembered by the browser, out of any script's reach, and is worth nothing without the next answer. */
export const keepStep = (cookies: Cookies, current: Step): void =>
  cookies.set(staffStepCookie.name, Buffer.from(JSON.stringify(current)).toString('base64url'), staffStepCookie)

export const dropStep = (cookies: Cookies): void =>
  cookies.set(staffStepCookie.name, '', { path: staffStepCookie.path, maxAgeSeconds: 0 })

/** Refuses when there is none, or it is at another point than this. */
export function heldStep(cookies: Cookies, ...expected: readonly Step['next'][]): Step {
  const held = z.safeParse(step, parsed(Buffer.from(cookies.get(staffStepCookie.name) ?? '', 'base64url').toString()))
  if (!held.success || !expected.includes(held.data.next)) throw new Refusal('sign-in-expired')
  return held.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What the browser is to ask for next. */
export const nextStep = z.object({ next: z.enum(['new-password', 'enrol-totp', 'totp', 'done']) })
