import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { beginEmailChanges } from '../../data/email-changes.ts'
import { limitAttempts } from '../../data/rates.ts'
import { provePasswords } from '../../outside/identity/passwords.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { email, password } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const changeEmail = endpoint({
  name: 'customer.change-email',
  route: 'PUT /api/me/email',
  summary: 'Ask for another email, with the password; a code is mailed there, and the former address is told',
  who: customer,
  body: z.object({ email, password }),
  returns: z.object({ next: z.literal('confirm') }),
  status: 202,
  refuses: ['password-wrong', 'email-same'],
  uses: {
    customers: readCustomers,
    passwords: provePasswords,
    changes: beginEmailChanges,
    attempts: limitAttempts,
    mail: mailQueue,
  },

  async run({ caller: { customerId }, body, uses, now, viewer }) {
    await uses.attempts.countFrom(
      viewer.address,
      'change-email',
      [
        // Each try mails whoever has the address.
        [customerId, { uses: 5, windowSeconds: 3600 }],
        [body.email, { uses: 5, windowSeconds: 3600 }],
      ],
      now,
    )
    const me = await uses.customers.own(customerId)
    if (!(await uses.passwords.proves(me.email, body.password))) throw new Refusal('password-wrong')
    if (body.email === me.email) throw new Refusal('email-same')
    await uses.changes.begin(customerId, { from: me.email, to: body.email, at: now })
    // Whether somebody has that email is found out by the worker, and told to nobody but him.
    await uses.mail.send([{ template: 'email-asked', to: customerId, at: iso(now) }])
    return { next: 'confirm' as const }
  },
})

export const handler = serve(changeEmail)
