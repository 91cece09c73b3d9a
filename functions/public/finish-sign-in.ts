import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { correctEmails, readCustomers } from '../../data/customers.ts'
import { knowDevices } from '../../data/devices.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { spendCodes } from '../../data/second-factors.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { noteSignIns } from '../../data/sign-ins.ts'
import { signInCustomers } from '../../outside/identity/customers.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { code } from '../kit/fields.ts'
import { letIn } from '../kit/let-in.ts'
import { serve } from '../kit/serve.ts'
import { customerSteps, nextCustomerStep } from '../kit/step.ts'

export const finishSignIn = endpoint({
  name: 'public.finish-sign-in',
  route: 'POST /api/session/totp',
  summary: 'The second factor: a code from the authenticator app',
  who: anyone,
  body: z.object({ code }),
  returns: nextCustomerStep,
  refuses: ['sign-in-expired', 'code-invalid'],
  uses: {
    identity: signInCustomers,
    codes: spendCodes,
    customers: readCustomers,
    emails: correctEmails,
    sessions: keepCustomerSessions,
    devices: knowDevices,
    history: noteSignIns,
    attempts: limitAttempts,
    mail: mailQueue,
  },

  async run(call) {
    const { body, uses, now, viewer, cookies } = call
    const step = await uses.identity.genuine(customerSteps.held(cookies, 'totp'))
    await uses.attempts.countFrom(viewer.address, 'totp', [[step.username, { uses: 10, windowSeconds: 600 }]], now)
    return inConstantTime(async () => {
      const tokens = await uses.identity.finish(step, body.code)
      if (!tokens || !(await uses.codes.ofApp(customerId(tokens.subject), body.code, now))) {
        // The pool names people by the panel's own number.
        await uses.history.noteFailure(customerId(step.username), { outcome: 'wrong-code', at: now, ...viewer })
        throw new Refusal('code-invalid')
      }
      await letIn(uses, 'app', tokens, call)
      customerSteps.drop(cookies)
      return { next: 'done' as const }
    })
  },
})

export const handler = serve(finishSignIn)
