import { randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { longestLink } from '../../core/orders/link.ts'
import { anyone } from '../../data/door.ts'
import { admitInquiries } from '../../data/inquiries/admit-inquiries.ts'
import { sendInquiries } from '../../data/inquiries/send-inquiries.ts'
import { endpoint } from '../kit/endpoint.ts'
import { inquiryFields } from '../kit/inquiry-fields.ts'
import { serve } from '../kit/serve.ts'

export const reportAbuse = endpoint({
  name: 'public.report-abuse',
  route: 'POST /api/abuse',
  summary: 'Say that the panel is used against one’s own profile or page, and have orders for it refused; without an account',
  who: anyone,
  body: z.object({ ...inquiryFields, target: z.string().check(z.trim(), z.minLength(2), z.maxLength(longestLink)) }),
  /** The code shows who owns the target, put where only the owner can write. */
  returns: z.object({ sent: z.literal(true), code: z.string() }),
  status: 202,
  refuses: ['challenge-failed'],
  uses: { inquiries: sendInquiries, letters: admitInquiries },

  async run({ body, uses, now, viewer }) {
    const { website, challenge, solution, ...wish } = body
    const arrival = { address: viewer.address, email: wish.email, website, challenge, solution }
    if (!(await uses.letters.admit('abuse', arrival, now)))
      return { sent: true as const, code: `owner-${randomBytes(4).toString('hex')}` }
    const { code = '' } = await uses.inquiries.send({ ...wish, kind: 'abuse', subject: 'Report of abuse', at: now })
    return { sent: true as const, code }
  },
})

export const handler = serve(reportAbuse)
