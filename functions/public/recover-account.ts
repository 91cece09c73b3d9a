import * as z from 'zod/mini'
import { readRecoveryCode } from '../../core/identity/recovery-codes.ts'
import { Refusal } from '../../core/refusals.ts'
import { correctEmails, readCustomers } from '../../data/customers.ts'
import { knowDevices } from '../../data/devices.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts, signInsPerEmail } from '../../data/rates.ts'
import { keepSecondFactors, spendCodes } from '../../data/second-factors.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { noteSignIns } from '../../data/sign-ins.ts'
import { signInCustomers } from '../../outside/identity/customers.ts'
import { emailHolders } from '../../outside/identity/emails.ts'
import { dropSecondFactors } from '../../outside/identity/second-factors.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { email, password, typedCode } from '../kit/fields.ts'
import { letIn } from '../kit/let-in.ts'
import { serve } from '../kit/serve.ts'
import { customerSteps, nextCustomerStep } from '../kit/step.ts'

export const recoverAccount = endpoint({
  name: 'public.recover-account',
  route: 'POST /api/session/recovery',
  summary: 'Sign in with the password and a recovery code, where the authenticator app is lost; the second factor is off then',
  who: anyone,
  body: z.object({ email, password, code: typedCode }),
  returns: nextCustomerStep,
  refuses: ['credentials-invalid', 'code-invalid'],
  uses: {
    identity: signInCustomers,
    holders: emailHolders,
    codes: spendCodes,
    apps: dropSecondFactors,
    factors: keepSecondFactors,
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
    await uses.attempts.countFrom(viewer.address, 'sign-in', [[body.email, signInsPerEmail]], now)
    return inConstantTime(async () => {
      const begun = await uses.identity.begin(body.email, body.password)
      const id = await uses.holders.of(body.email)
      if (!begun) {
        await uses.history.noteFailure(id, { outcome: 'wrong-password', at: now, ...viewer })
        throw new Refusal('credentials-invalid')
      }
      const code = readRecoveryCode(body.code)
      // Where no second factor is on, no code opens anything: of two who come with the same one, the second stands here.
      if ('tokens' in begun || id === undefined || code === undefined) throw new Refusal('code-invalid')
      if (!(await uses.codes.recovery(id, code))) {
        await uses.history.noteFailure(id, { outcome: 'wrong-code', at: now, ...viewer })
        throw new Refusal('code-invalid')
      }
      await uses.apps.drop(id)
      await uses.factors.forget(id)
      await uses.mail.send([{ template: 'recovery-used', to: id }])
      const again = await uses.identity.begin(body.email, body.password)
      if (!again || !('tokens' in again)) throw new Error('the user pool asks for a second factor that was dropped')
      await letIn(uses, 'recovery-code', again.tokens, call)
      customerSteps.drop(cookies)
      return { next: 'done' as const }
    })
  },
})

export const handler = serve(recoverAccount)
