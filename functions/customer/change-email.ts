import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { beginEmailChanges } from '../../data/email-changes.ts'
import { limitAttempts, provingsPerAccount } from '../../data/rates.ts'
import { spendCodes } from '../../data/second-factors.ts'
import { proveSecondFactors } from '../../outside/identity/second-factors.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { email, password, typedCode } from '../kit/fields.ts'
import { proveAgain, provingRefusals } from '../kit/prove-again.ts'
import { serve } from '../kit/serve.ts'

export const changeEmail = endpoint({
  name: 'customer.change-email',
  route: 'PUT /api/me/email',
  summary:
    'Ask for another email, with the password and a code where a second factor is on; a code is mailed there, and the former address is told',
  who: customer,
  body: z.object({ email, password, code: z.optional(typedCode) }),
  returns: z.object({ next: z.literal('confirm') }),
  status: 202,
  refuses: [...provingRefusals, 'email-same'],
  uses: {
    customers: readCustomers,
    proofs: proveSecondFactors,
    codes: spendCodes,
    changes: beginEmailChanges,
    attempts: limitAttempts,
    mail: mailQueue,
  },

  async run({ caller: { customerId }, body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'change-email', [[customerId, provingsPerAccount]], now)
    const me = await uses.customers.own(customerId)
    if (body.email === me.email) throw new Refusal('email-same')
    await proveAgain(uses, me, body, now)
    // From here on each try mails whoever has the address.
    const mails = { uses: 5, windowSeconds: 3600 }
    await uses.attempts.count(
      'mails to a new email',
      [
        [customerId, mails],
        [body.email, mails],
      ],
      now,
    )
    await uses.changes.begin(customerId, { from: me.email, to: body.email, at: now })
    // Whether somebody has that email is found out by the worker, and told to nobody but him.
    await uses.mail.send([{ template: 'email-asked', to: customerId, at: iso(now) }])
    return { next: 'confirm' as const }
  },
})

export const handler = serve(changeEmail)
