import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { openAccounts, readCustomers } from '../../data/customers.ts'
import { knowDevices } from '../../data/devices.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts, perAddress } from '../../data/rates.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { signInCustomers } from '../../outside/identity/customers.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, email, password } from '../kit/fields.ts'
import { letIn } from '../kit/let-in.ts'
import { serve } from '../kit/serve.ts'

export const signIn = endpoint({
  name: 'public.sign-in',
  route: 'POST /api/session',
  summary: 'Sign in; the session is kept in cookies that no script can read',
  who: anyone,
  body: z.object({ email, password }),
  returns: done,
  refuses: ['credentials-invalid'],
  uses: {
    identity: signInCustomers,
    customers: readCustomers,
    accounts: openAccounts,
    sessions: keepCustomerSessions,
    devices: knowDevices,
    mail: mailQueue,
    attempts: limitAttempts,
  },

  async run(call) {
    const { body, uses, now, viewer } = call
    await uses.attempts.count(
      'sign-in',
      [
        [viewer.address, perAddress],
        [body.email, { uses: 20, windowSeconds: 600 }],
      ],
      now,
    )
    return inConstantTime(async () => {
      const tokens = await uses.identity.signIn(body.email, body.password)
      if (!tokens) throw new Refusal('credentials-invalid')
      await letIn(uses, tokens, call)
      return { done: true as const }
    })
  },
})

export const handler = serve(signIn)
