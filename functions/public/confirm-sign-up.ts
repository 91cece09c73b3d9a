import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import { cookies as panelCookies } from '../../core/identity/cookies.ts'
import { Refusal } from '../../core/refusals.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { confirmCustomers } from '../../outside/identity/customers.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { code, done, email } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const confirmSignUp = endpoint({
  name: 'public.confirm-sign-up',
  route: 'POST /api/sign-up/confirm',
  summary: 'Confirm the email with the code that was mailed, in the browser that asked for it',
  who: anyone,
  body: z.object({ email, code }),
  returns: done,
  refuses: ['code-invalid'],
  uses: { customers: confirmCustomers, attempts: limitAttempts },

  async run({ body, uses, now, viewer, cookies }) {
    await uses.attempts.countFrom(viewer.address, 'confirm', [[body.email, { uses: 10, windowSeconds: 600 }]], now)
    return inConstantTime(async () => {
      const ticket = createHash('sha256')
        .update(cookies.get(panelCookies.signUp) ?? '')
        .digest('base64url')
      if (!(await uses.customers.confirm(body.email, body.code, ticket))) throw new Refusal('code-invalid')
      cookies.drop(panelCookies.signUp)
      return { done: true as const }
    })
  },
})

export const handler = serve(confirmSignUp)
