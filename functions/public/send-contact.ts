import * as z from 'zod/mini'
import { takeSolutions } from '../../data/challenges.ts'
import { anyone } from '../../data/door.ts'
import { sendInquiries } from '../../data/inquiries/send-inquiries.ts'
import { inquiriesPerAddress, inquiriesPerEmail, limitAttempts } from '../../data/rates.ts'
import { endpoint } from '../kit/endpoint.ts'
import { inquiryFields } from '../kit/inquiry-fields.ts'
import { serve } from '../kit/serve.ts'
import { subject } from '../kit/ticket-views.ts'

export const sendContact = endpoint({
  name: 'public.send-contact',
  route: 'POST /api/contact',
  summary: 'Write to the people who run the panel, without an account; they answer by mail',
  who: anyone,
  body: z.object({ ...inquiryFields, name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)), subject }),
  returns: z.object({ sent: z.literal(true) }),
  status: 202,
  refuses: ['challenge-failed'],
  uses: { inquiries: sendInquiries, solutions: takeSolutions, attempts: limitAttempts },

  async run({ body, uses, now, viewer }) {
    const { website, challenge, solution, ...wish } = body
    await uses.attempts.count('contact', [[viewer.address, inquiriesPerAddress]], now)
    if (website !== '') return { sent: true as const }
    await uses.solutions.take(challenge, solution, now)
    // Not before the work was done: nobody uses up the share of somebody else's email for nothing.
    await uses.attempts.count('contact', [[wish.email, inquiriesPerEmail]], now)
    await uses.inquiries.send({ ...wish, kind: 'contact', at: now })
    return { sent: true as const }
  },
})

export const handler = serve(sendContact)
