import * as z from 'zod/mini'
import { languages } from '../../core/identity/preferences.ts'
import { staffId } from '../../core/ids.ts'
import { type Inquiry, type InquiryMessage, inquiryDays, inquiryKinds } from '../../core/inquiries/inquiry.ts'
import { epochSeconds, iso, later } from '../../core/time.ts'
import { keys, openLists } from '../keys.ts'
import { id, time } from '../read.ts'

const inquiryItem = z.object({
  inquiryId: z.string(),
  kind: z.enum(inquiryKinds),
  name: z.optional(z.string()),
  email: z.string(),
  language: z.enum(languages),
  subject: z.string(),
  target: z.optional(z.string()),
  code: z.optional(z.string()),
  at: time,
  changedAt: time,
  status: z.enum(['open', 'closed']),
  answered: z.boolean(),
  memo: z.optional(z.string()),
  closedBy: z.optional(id(staffId)),
})
export const readInquiryItem = (item: unknown): Inquiry => inquiryItem.parse(item)

export const inquiryAsItem = (inquiry: Inquiry) => ({
  ...keys.inquiry(inquiry.inquiryId),
  ...inquiry,
  at: iso(inquiry.at),
  changedAt: iso(inquiry.changedAt),
  openOn: openLists.inquiries(inquiry.kind),
  acceptedAt: `${iso(inquiry.at)}#${inquiry.inquiryId}`,
  expiresAt: expiry(inquiry),
})

const messageItem = z.object({ at: time, author: z.enum(['sender', 'staff']), by: z.optional(id(staffId)), text: z.string() })
export const readInquiryMessage = (item: unknown): InquiryMessage => messageItem.parse(item)

/** A message goes with its inquiry. */
export const inquiryMessageAsItem = (inquiry: Inquiry, requestId: string, message: InquiryMessage) => ({
  ...keys.inquiryMessage(inquiry.inquiryId, requestId),
  ...message,
  at: iso(message.at),
  expiresAt: expiry(inquiry),
})

const expiry = ({ at }: Inquiry): number => epochSeconds(later(at, inquiryDays * 86_400))
