import * as z from 'zod/mini'
import { anyone } from '../../data/door.ts'
import { admitInquiries } from '../../data/inquiries/admit-inquiries.ts'
import { sendInquiries } from '../../data/inquiries/send-inquiries.ts'
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
  uses: { inquiries: sendInquiries, letters: admitInquiries },

  async run({ body, uses, now, viewer }) {
    const { website, challenge, solution, ...wish } = body
    const arrival = { address: viewer.address, email: wish.email, website, challenge, solution }
    if (!(await uses.letters.admit('contact', arrival, now))) return { sent: true as const }
    await uses.inquiries.send({ ...wish, kind: 'contact', at: now })
    return { sent: true as const }
  },
})

export const handler = serve(sendContact)
