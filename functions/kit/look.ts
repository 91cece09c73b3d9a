import * as z from 'zod/mini'
import type { StaffId } from '../../core/ids.ts'
import { lookMinutes, lookReasons } from '../../core/privacy/looks.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { iso, later } from '../../core/time.ts'
import { memo, moment } from './fields.ts'

/** What somebody of the staff says who wants to see who people are (P-SEC-2), and what is answered. */
export const lookBody = z.object({ for: z.enum(lookReasons), memo })
export const lookReturns = z.object({ until: moment })

/** How long the look lasts, and what the trail says of it. */
export function lookAt(
  on: string,
  action: string,
  {
    caller,
    body,
    now,
  }: { readonly caller: { readonly staffId: StaffId }; readonly body: z.output<typeof lookBody>; readonly now: Date },
): { readonly until: Date; readonly audit: AuditRecord } {
  const until = later(now, lookMinutes * 60)
  const after = { for: body.for, until: iso(until) }
  return { until, audit: { by: caller.staffId, action, on, why: body.memo, after } }
}
