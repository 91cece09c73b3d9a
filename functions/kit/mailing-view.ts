import * as z from 'zod/mini'
import type { Mailing } from '../../core/policy/mailing.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** How far something is that is mailed to many. */
export const mailingView = z.object({
  kind: z.enum(['announcement', 'policy', 'binding', 'changes']),
  state: z.enum(['waiting', 'done', 'withdrawn']),
  from: moment,
  mailed: z.int(),
  passedOver: z.int(),
  unknown: z.int(),
  refused: z.int(),
  endedAt: z.optional(moment),
})

export const viewMailing = ({
  subject,
  state,
  from,
  mailed,
  passedOver,
  unknown,
  refused,
  endedAt,
}: Mailing): z.input<typeof mailingView> => ({
  kind: subject.kind,
  state,
  from: iso(from),
  mailed,
  passedOver,
  unknown,
  refused,
  endedAt: endedAt && iso(endedAt),
})
