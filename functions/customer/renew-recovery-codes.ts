import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { readCustomers } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { limitAttempts, provingsPerAccount } from '../../data/rates.ts'
import { keepSecondFactors, spendCodes } from '../../data/second-factors.ts'
import { proveSecondFactors } from '../../outside/identity/second-factors.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { code, password, recoveryCodes } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const renewRecoveryCodes = endpoint({
  name: 'customer.renew-recovery-codes',
  route: 'POST /api/me/second-factor/codes',
  summary: 'New recovery codes in place of all there were, with the password and a code of the app; they are shown this once',
  who: customer,
  body: z.object({ password, code }),
  returns: recoveryCodes,
  refuses: ['password-wrong', 'second-factor-off', 'code-invalid'],
  uses: {
    customers: readCustomers,
    proofs: proveSecondFactors,
    codes: spendCodes,
    factors: keepSecondFactors,
    attempts: limitAttempts,
    mail: mailQueue,
  },

  async run({ caller: { customerId }, body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'second-factor', [[customerId, provingsPerAccount]], now)
    const me = await uses.customers.own(customerId)
    const proof = await uses.proofs.prove(me.email, body.password, body.code)
    if (proof === 'off') throw new Refusal('second-factor-off')
    if (proof === 'wrong' || !(await uses.codes.ofApp(customerId, body.code, now))) throw new Refusal('code-invalid')
    const codes = await uses.factors.giveCodes(customerId, now)
    await uses.mail.send([{ template: 'recovery-codes-new', to: customerId }])
    return { codes }
  },
})

export const handler = serve(renewRecoveryCodes)
