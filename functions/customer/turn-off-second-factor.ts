import * as z from 'zod/mini'
import { readCustomers } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { limitAttempts, provingsPerAccount } from '../../data/rates.ts'
import { keepSecondFactors, spendCodes } from '../../data/second-factors.ts'
import { dropSecondFactors, proveSecondFactors } from '../../outside/identity/second-factors.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, password, typedCode } from '../kit/fields.ts'
import { proveAgain, provingRefusals } from '../kit/prove-again.ts'
import { serve } from '../kit/serve.ts'

export const turnOffSecondFactor = endpoint({
  name: 'customer.turn-off-second-factor',
  route: 'POST /api/me/second-factor/off',
  summary: 'Ask for the password alone again: with it and a code of the app, or a recovery code where the app is lost',
  who: customer,
  body: z.object({ password, code: typedCode }),
  returns: done,
  refuses: [...provingRefusals],
  uses: {
    customers: readCustomers,
    proofs: proveSecondFactors,
    codes: spendCodes,
    apps: dropSecondFactors,
    factors: keepSecondFactors,
    attempts: limitAttempts,
    mail: mailQueue,
  },

  async run({ caller: { customerId }, body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'second-factor', [[customerId, provingsPerAccount]], now)
    const me = await uses.customers.own(customerId)
    // Where the pool asks for no code any more, a turning off that stopped half way is brought to its end.
    await proveAgain(uses, me, body, now)
    await uses.apps.drop(customerId)
    await uses.factors.forget(customerId)
    await uses.mail.send([{ template: 'second-factor-off', to: customerId }])
    return { done: true as const }
  },
})

export const handler = serve(turnOffSecondFactor)
