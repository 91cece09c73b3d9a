import * as z from 'zod/mini'
import { staff } from '../../data/door.ts'
import { answerInquiries } from '../../data/inquiries/answer-inquiries.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { text } from '../kit/ticket-views.ts'

export const answerInquiry = endpoint({
  name: 'admin.answer-inquiry',
  route: 'POST /api/admin/inquiries/{inquiryId}/messages',
  summary: 'Answer somebody without an account, by mail; the same requestId again sends nothing',
  who: staff('admin.answer-inquiry'),
  body: z.object({ text, requestId }),
  returns: done,
  status: 201,
  refuses: ['inquiry-not-found'],
  uses: { inquiries: answerInquiries },

  async run({ caller, path: { inquiryId }, body: { text, requestId }, uses, now }) {
    const after = { message: requestId, characters: text.length }
    const audit = { by: caller.staffId, action: 'admin.answer-inquiry', on: `inquiry ${inquiryId}`, after }
    await uses.inquiries.answer({ inquiryId, by: caller.staffId, audit, at: now }, text, requestId)
    return { done: true as const }
  },
})

export const handler = serve(answerInquiry)
