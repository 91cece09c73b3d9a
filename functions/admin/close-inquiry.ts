import * as z from 'zod/mini'
import { staff } from '../../data/door.ts'
import { answerInquiries } from '../../data/inquiries/answer-inquiries.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const closeInquiry = endpoint({
  name: 'admin.close-inquiry',
  route: 'PUT /api/admin/inquiries/{inquiryId}/closed',
  summary: 'Nothing is left to be done about it, for a reason that stays on record; closed before, it stays as it was',
  who: staff('admin.close-inquiry'),
  body: z.object({ memo }),
  returns: done,
  refuses: ['inquiry-not-found'],
  uses: { inquiries: answerInquiries },

  async run({ caller, path: { inquiryId }, body: { memo }, uses, now }) {
    const audit = { by: caller.staffId, action: 'admin.close-inquiry', on: `inquiry ${inquiryId}`, why: memo }
    await uses.inquiries.close({ inquiryId, by: caller.staffId, audit, at: now }, memo)
    return { done: true as const }
  },
})

export const handler = serve(closeInquiry)
