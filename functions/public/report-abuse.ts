import { randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { longestLink } from '../../core/orders/link.ts'
import { takeSolutions } from '../../data/challenges.ts'
import { anyone } from '../../data/door.ts'
import { sendInquiries } from '../../data/inquiries/send-inquiries.ts'
import { inquiriesPerAddress, inquiriesPerEmail, limitAttempts } from '../../data/rates.ts'
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
  uses: { inquiries: sendInquiries, solutions: takeSolutions, attempts: limitAttempts },

  async run({ body, uses, now, viewer }) {
    const { website, challenge, solution, ...wish } = body
    await uses.attempts.count('abuse', [[viewer.address, inquiriesPerAddress]], now)
    if (website !== '') return { sent: true as const, code: `owner-${randomBytes(4).toString('hex')}` }
    await uses.solutions.take(challenge, solution, now)
    // Not before the work was done: nobody uses up the share of somebody else's email for nothing.
    await uses.attempts.count('abuse', [[wish.email, inquiriesPerEmail]], now)
    const { code = '' } = await uses.inquiries.send({ ...wish, kind: 'abuse', subject: 'Report of abuse', at: now })
    return { sent: true as const, code }
  },
})

export const handler = serve(reportAbuse)
