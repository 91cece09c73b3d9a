import * as z from 'zod/mini'
import { correctNames } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { limitAttempts, newNames } from '../../data/rates.ts'
import { changeNames } from '../../outside/identity/names.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, fullName } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

/** P-RT-2: a customer corrects their name alone, everywhere it is kept. */
export const changeName = endpoint({
  name: 'customer.change-name',
  route: 'PUT /api/me/name',
  summary: 'Correct the name of the account, here and where identities are kept',
  who: customer,
  body: z.object({ fullName }),
  returns: done,
  refuses: [],
  uses: { attempts: limitAttempts, names: changeNames, accounts: correctNames },

  async run({ caller, body, uses, now }) {
    await uses.attempts.count('name', [[caller.customerId, newNames]], now)
    // There first: it is the one that may be busy, and whoever asks again has both alike.
    await uses.names.change(caller.customerId, body.fullName)
    await uses.accounts.correct(caller.customerId, body.fullName)
    return { done: true as const }
  },
})

export const handler = serve(changeName)
