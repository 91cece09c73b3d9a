import * as z from 'zod/mini'
import { strongEnough } from '../../core/identity/password.ts'
import { Refusal } from '../../core/refusals.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { findCustomers } from '../../outside/identity/customers.ts'
import { resetPasswords } from '../../outside/identity/passwords.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { code, done, email, password } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const resetPassword = endpoint({
  name: 'public.reset-password',
  route: 'POST /api/password/reset',
  summary: 'Set a new password with the code that was mailed',
  who: anyone,
  body: z.object({ email, code, password }),
  returns: done,
  refuses: ['code-invalid', 'password-too-weak'],
  uses: {
    passwords: resetPasswords,
    customers: findCustomers,
    sessions: keepCustomerSessions,
    attempts: limitAttempts,
    mail: mailQueue,
  },

  async run({ body, uses, now, viewer }) {
    if (!strongEnough(body.password)) throw new Refusal('password-too-weak')
    await uses.attempts.countFrom(viewer.address, 'reset', [[body.email, { uses: 10, windowSeconds: 600 }]], now)
    return inConstantTime(async () => {
      if (!(await uses.passwords.reset(body.email, body.code, body.password))) throw new Refusal('code-invalid')
      // Whoever came in with the old password goes out with it.
      const customer = await uses.customers.byEmail(body.email)
      if (customer) {
        await uses.sessions.endAll(customer)
        await uses.mail.send([{ template: 'password-changed', to: customer }])
      }
      return { done: true as const }
    })
  },
})

export const handler = serve(resetPassword)
