import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { correctEmails, openAccounts, readCustomers } from '../../data/customers.ts'
import { knowDevices } from '../../data/devices.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts, signInsPerEmail } from '../../data/rates.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { noteSignIns } from '../../data/sign-ins.ts'
import { signInCustomers } from '../../outside/identity/customers.ts'
import { emailHolders } from '../../outside/identity/emails.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { email, password } from '../kit/fields.ts'
import { letIn } from '../kit/let-in.ts'
import { serve } from '../kit/serve.ts'
import { customerSteps, nextCustomerStep } from '../kit/step.ts'

export const signIn = endpoint({
  name: 'public.sign-in',
  route: 'POST /api/session',
  summary: 'Sign in; the session is kept in cookies that no script can read. Who has a second factor is asked for it next',
  who: anyone,
  body: z.object({ email, password }),
  returns: nextCustomerStep,
  refuses: ['credentials-invalid'],
  uses: {
    identity: signInCustomers,
    holders: emailHolders,
    customers: readCustomers,
    accounts: openAccounts,
    emails: correctEmails,
    sessions: keepCustomerSessions,
    devices: knowDevices,
    history: noteSignIns,
    attempts: limitAttempts,
    mail: mailQueue,
  },

  async run(call) {
    const { body, uses, now, viewer, cookies } = call
    await uses.attempts.countFrom(viewer.address, 'sign-in', [[body.email, signInsPerEmail]], now)
    return inConstantTime(async () => {
      const begun = await uses.identity.begin(body.email, body.password)
      if (!begun) {
        const holder = await uses.holders.of(body.email).catch(() => undefined)
        await uses.history.noteFailure(holder, { outcome: 'wrong-password', at: now, ...viewer })
        throw new Refusal('credentials-invalid')
      }
      if ('step' in begun) {
        customerSteps.keep(cookies, begun.step)
        return { next: 'totp' as const }
      }
      await letIn(uses, 'password', begun.tokens, call)
      return { next: 'done' as const }
    })
  },
})

export const handler = serve(signIn)
