import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readInquiries } from '../../data/inquiries/read-inquiries.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { inquiryView, viewInquiry } from '../kit/inquiry-views.ts'
import { serve } from '../kit/serve.ts'

export const readInquiry = endpoint({
  name: 'admin.read-inquiry',
  route: 'GET /api/admin/inquiries/{inquiryId}',
  summary: 'One of them with what was written and answered, and what shows who owns a target. The look is on record',
  who: staff('admin.read-inquiry'),
  returns: z.extend(inquiryView, {
    name: z.optional(z.string()),
    email: z.string(),
    code: z.optional(z.string()),
    memo: z.optional(z.string()),
    closedBy: z.optional(z.string()),
    conversation: z.array(
      z.object({ at: moment, author: z.enum(['sender', 'staff']), by: z.optional(z.string()), text: z.string() }),
    ),
  }),
  refuses: ['inquiry-not-found'],
  uses: { inquiries: readInquiries, audit: keepAudit },

  async run({ caller, path: { inquiryId }, uses, now }) {
    const inquiry = await uses.inquiries.get(inquiryId, now)
    // P-SEC-2: before anything is shown.
    await uses.audit.record({ by: caller.staffId, action: 'admin.read-inquiry', on: `inquiry ${inquiryId}` }, now)
    const messages = await uses.inquiries.messages(inquiryId, now)
    return { ...inquiry, ...viewInquiry(inquiry), conversation: messages.map((message) => ({ ...message, at: iso(message.at) })) }
  },
})

export const handler = serve(readInquiry)
