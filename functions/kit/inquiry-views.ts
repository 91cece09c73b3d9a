import * as z from 'zod/mini'
import { type Inquiry, inquiryKinds } from '../../core/inquiries/inquiry.ts'
import { blockedTarget } from '../../core/orders/blocking.ts'
import { veilEmail, veilName, veilText } from '../../core/privacy/veil.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

export const inquiryView = z.object({
  inquiryId: z.string(),
  kind: z.enum(inquiryKinds),
  subject: z.string(),
  at: moment,
  changedAt: moment,
  status: z.enum(['open', 'closed']),
  answered: z.boolean(),
  /** As it was typed. */
  target: z.optional(z.string()),
  /** What a block of it would cover; missing where it is no link, or a whole network. */
  covers: z.optional(z.string()),
})

/** With who wrote it, for whoever asked to see that. */
export const viewInquiry = (inquiry: Inquiry) => ({
  ...inquiry,
  at: iso(inquiry.at),
  changedAt: iso(inquiry.changedAt),
  covers: inquiry.target === undefined ? undefined : blockedTarget(inquiry.target),
})

/** As staff see it who did not ask who wrote it (P-SEC-2). */
export const veiledInquiry = (inquiry: Inquiry): Inquiry => ({
  ...inquiry,
  name: inquiry.name && veilName(inquiry.name),
  email: veilEmail(inquiry.email),
  subject: veilText(inquiry.subject, inquiry),
})
