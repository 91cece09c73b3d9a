import type { Outcome } from '../protocol/outcome.ts'
import { readReply } from '../protocol/replies.ts'

/** How a call went that says that the provider, or the way to it, is not well. */
export const ailments = ['unreachable', 'no-answer', 'server-error', 'unreadable'] as const
export type Ailment = (typeof ailments)[number]

/**
 * What a call says of how the provider does: well; turned away because there were too many; nothing, either way; or what
 * is wrong with it. An error in the protocol's own words is an answer of one that is well, known or not.
 */
export type Health = 'well' | 'turned-away' | 'neither' | Ailment

export function healthOf(outcome: Outcome): Health {
  if (outcome.kind === 'not-sent') return 'unreachable'
  if (outcome.kind === 'no-answer') return outcome.tooLarge ? 'neither' : 'no-answer'
  if (outcome.status >= 500) return 'server-error'
  const reply = readReply(outcome)
  if (!('kind' in reply)) return 'well'
  switch (reply.kind) {
    case 'retry':
      return 'turned-away'
    // A redirect or a refused key pauses the provider by itself: that is for staff, not for patience.
    case 'misconfigured':
    case 'key-refused':
      return 'neither'
    default:
      return 'unreadable'
  }
}

export const isAilment = (health: Health): health is Ailment => ailments.some((one) => one === health)
