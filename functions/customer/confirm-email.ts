import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { customer } from '../../data/door.ts'
import { finishEmailChanges } from '../../data/email-changes.ts'
import { limitAttempts } from '../../data/rates.ts'
import { changeEmails, emailCodes } from '../../outside/identity/emails.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { code, done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const confirmEmail = endpoint({
  name: 'customer.confirm-email',
  route: 'POST /api/me/email/confirm',
  summary: 'Confirm the new email with the code that was mailed there; both addresses are told',
  who: customer,
  body: z.object({ code }),
  returns: done,
  refuses: ['code-invalid'],
  uses: { changes: finishEmailChanges, codes: emailCodes, emails: changeEmails, attempts: limitAttempts, mail: mailQueue },

  async run({ caller: { customerId }, body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'confirm-email', [[customerId, { uses: 20, windowSeconds: 3600 }]], now)
    const change = await uses.changes.try(customerId, now)
    if (!change || !(await uses.codes.isRight({ customerId, ...change }, body.code))) throw new Refusal('code-invalid')
    // Somebody may have made the address theirs since the code was mailed: that is not told either.
    if (!(await uses.emails.change(customerId, change.to))) throw new Refusal('code-invalid')
    if (!(await uses.changes.finish(customerId, change, now))) throw new Refusal('code-invalid')
    await uses.mail.send([{ template: 'email-changed', to: customerId, at: iso(change.at) }])
    return { done: true as const }
  },
})

export const handler = serve(confirmEmail)
