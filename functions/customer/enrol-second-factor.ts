import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { readCustomers } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { limitAttempts, provingsPerAccount } from '../../data/rates.ts'
import { keepSecondFactors } from '../../data/second-factors.ts'
import { settings } from '../../data/settings.ts'
import { handOutSecrets } from '../../outside/identity/second-factors.ts'
import { endpoint } from '../kit/endpoint.ts'
import { password } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { otpAddress } from '../kit/step.ts'

export const enrolSecondFactor = endpoint({
  name: 'customer.enrol-second-factor',
  route: 'POST /api/me/second-factor/secret',
  summary: 'A secret for an authenticator app, with the password; nothing is asked for before a code of the app has come back',
  who: customer,
  body: z.object({ password }),
  returns: z.object({ secret: z.string(), address: z.string() }),
  refuses: ['password-wrong', 'second-factor-on'],
  uses: { customers: readCustomers, apps: handOutSecrets, factors: keepSecondFactors, attempts: limitAttempts, settings },

  async run({ caller: { customerId }, body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'second-factor', [[customerId, provingsPerAccount]], now)
    const me = await uses.customers.own(customerId)
    try {
      const secret = await uses.apps.secret(me.email, body.password)
      return { secret, address: otpAddress(uses.settings.panelName, secret) }
    } catch (error) {
      if (error instanceof Refusal && error.code === 'second-factor-on') await uses.factors.note(customerId, now)
      throw error
    }
  },
})

export const handler = serve(enrolSecondFactor)
