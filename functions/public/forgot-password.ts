import * as z from 'zod/mini'
import { anyone } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { mailCodes } from '../../outside/identity/passwords.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, email } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const forgotPassword = endpoint({
  name: 'public.forgot-password',
  route: 'POST /api/password/forgot',
  summary: 'Mail a code to set a new password with; the answer is the same whether there is anybody to mail',
  who: anyone,
  body: z.object({ email }),
  returns: done,
  status: 202,
  refuses: [],
  uses: { codes: mailCodes, attempts: limitAttempts },

  async run({ body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'forgot', [[body.email, { uses: 5, windowSeconds: 900 }]], now)
    return inConstantTime(async () => {
      await uses.codes.forgot(body.email)
      return { done: true as const }
    })
  },
})

export const handler = serve(forgotPassword)
