import * as z from 'zod/mini'
import { veilText } from '../../core/privacy/veil.ts'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readInquiries } from '../../data/inquiries/read-inquiries.ts'
import { readInquiryLooks } from '../../data/looks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { inquiryView, veiledInquiry, viewInquiry } from '../kit/inquiry-views.ts'
import { serve } from '../kit/serve.ts'

export const readInquiry = endpoint({
  name: 'admin.read-inquiry',
  route: 'GET /api/admin/inquiries/{inquiryId}',
  summary:
    'One of them with what was written and answered, and what shows who owns a target; name and email veiled until they are asked for. The look is on record',
  who: staff('admin.read-inquiry'),
  returns: z.extend(inquiryView, {
    /** Until when this member of staff sees who wrote it; none while that is veiled. */
    shownUntil: z.optional(moment),
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
  uses: { inquiries: readInquiries, looks: readInquiryLooks, audit: keepAudit },

  async run({ caller, path: { inquiryId }, uses, now }) {
    const inquiry = await uses.inquiries.get(inquiryId, now)
    // P-SEC-2: before anything is shown.
    await uses.audit.record({ by: caller.staffId, action: 'admin.read-inquiry', on: `inquiry ${inquiryId}` }, now)
    const [messages, shownUntil] = await Promise.all([
      uses.inquiries.messages(inquiryId, now),
      uses.looks.until(caller.staffId, inquiryId, now),
    ])
    const veil = (text: string): string => (shownUntil ? text : veilText(text, inquiry))
    return {
      ...viewInquiry(shownUntil ? inquiry : veiledInquiry(inquiry)),
      shownUntil: shownUntil && iso(shownUntil),
      conversation: messages.map(({ at, text, ...message }) => ({ ...message, at: iso(at), text: veil(text) })),
    }
  },
})

export const handler = serve(readInquiry)
