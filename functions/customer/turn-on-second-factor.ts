import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { readCustomers } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { limitAttempts, provingsPerAccount } from '../../data/rates.ts'
import { keepSecondFactors } from '../../data/second-factors.ts'
import { turnOnSecondFactors } from '../../outside/identity/second-factors.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { code, password, recoveryCodes } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const turnOnSecondFactor = endpoint({
  name: 'customer.turn-on-second-factor',
  route: 'POST /api/me/second-factor',
  summary: 'Ask for a code of the app at every sign-in from now on; the recovery codes are shown this once',
  who: customer,
  body: z.object({ password, code }),
  returns: recoveryCodes,
  refuses: ['password-wrong', 'second-factor-on', 'code-invalid'],
  uses: {
    customers: readCustomers,
    apps: turnOnSecondFactors,
    factors: keepSecondFactors,
    attempts: limitAttempts,
    mail: mailQueue,
  },

  async run({ caller: { customerId }, body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'second-factor', [[customerId, provingsPerAccount]], now)
    const me = await uses.customers.own(customerId)
    if (!(await uses.apps.turnOn(customerId, me.email, body.password, body.code))) throw new Refusal('code-invalid')
    const codes = await uses.factors.giveCodes(customerId, now)
    await uses.mail.send([{ template: 'second-factor-on', to: customerId }])
    return { codes }
  },
})

export const handler = serve(turnOnSecondFactor)
