import * as z from 'zod/mini'
import { anyone } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { mailCodes } from '../../outside/identity/passwords.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, email } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const resendCode = endpoint({
  name: 'public.resend-code',
  route: 'POST /api/sign-up/code',
  summary: 'Mail the sign-up code again; the answer is the same whether there is anybody to mail',
  who: anyone,
  body: z.object({ email }),
  returns: done,
  status: 202,
  refuses: [],
  uses: { codes: mailCodes, attempts: limitAttempts },

  async run({ body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'code', [[body.email, { uses: 5, windowSeconds: 900 }]], now)
    return inConstantTime(async () => {
      await uses.codes.resend(body.email)
      return { done: true as const }
    })
  },
})

export const handler = serve(resendCode)
