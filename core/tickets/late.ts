import { later } from '../time.ts'
import type { Ticket } from './ticket.ts'

/** Days within which the operator means to answer, and hours. */
export interface SupportRules {
  /** A privacy request is dealt with within so many days (P-RT-3). */
  readonly privacyRequestDays: number
  /** A ticket that waits for staff for longer is late. */
  readonly answerHours: number
}

export const dueAt = (createdAt: Date, { privacyRequestDays }: SupportRules): Date => later(createdAt, privacyRequestDays * 86_400)

/** When a ticket that staff have had since then is to be dealt with at the latest: what comes first in their queue. */
export const dealtWithBy = ({ dueAt }: Ticket, since: Date, { answerHours }: SupportRules): Date =>
  dueAt ?? later(since, answerHours * 3_600)

/** Past its due date, or waiting for staff for longer than was meant. */
export const isLate = ({ status, dueAt, waitingSince }: Ticket, now: Date, { answerHours }: SupportRules): boolean =>
  status !== 'closed' &&
  ((dueAt !== undefined && dueAt < now) || (waitingSince !== undefined && later(waitingSince, answerHours * 3_600) < now))
