import * as z from 'zod/mini'
import { strongEnough } from '../../core/identity/password.ts'
import { Refusal } from '../../core/refusals.ts'
import { readCustomers } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { spendCodes } from '../../data/second-factors.ts'
import { manageSessions } from '../../data/sessions.ts'
import { setPasswords } from '../../outside/identity/passwords.ts'
import { proveSecondFactors } from '../../outside/identity/second-factors.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, password, typedCode } from '../kit/fields.ts'
import { proveAgain, provingRefusals } from '../kit/prove-again.ts'
import { serve } from '../kit/serve.ts'

export const changePassword = endpoint({
  name: 'customer.change-password',
  route: 'PUT /api/me/password',
  summary: 'Set a new password, with the one there is and a code where a second factor is on; every other browser is signed out',
  who: customer,
  body: z.object({ current: password, password, code: z.optional(typedCode) }),
  returns: done,
  refuses: [...provingRefusals, 'password-too-weak'],
  uses: {
    customers: readCustomers,
    proofs: proveSecondFactors,
    codes: spendCodes,
    passwords: setPasswords,
    sessions: manageSessions,
    attempts: limitAttempts,
    mail: mailQueue,
  },

  async run({ caller, body, uses, now, viewer }) {
    if (!strongEnough(body.password)) throw new Refusal('password-too-weak')
    await uses.attempts.countFrom(viewer.address, 'change-password', [[caller.customerId, { uses: 10, windowSeconds: 600 }]], now)
    const me = await uses.customers.own(caller.customerId)
    await proveAgain(uses, me, { password: body.current, code: body.code }, now)
    await uses.passwords.set(caller.customerId, body.password)
    // Whoever came in with the old password goes out with it.
    await uses.sessions.revokeOthers(caller.customerId, caller.sessionId)
    await uses.mail.send([{ template: 'password-changed', to: caller.customerId }])
    return { done: true as const }
  },
})

export const handler = serve(changePassword)
