import * as z from 'zod/mini'
import { suspensionReasons } from '../../core/identity/suspension.ts'
import { customerId } from '../../core/ids.ts'
import { suspendAccounts } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setCustomerStatus = endpoint({
  name: 'admin.set-customer-status',
  route: 'PUT /api/admin/customers/{customerId}/status',
  summary: 'Suspend an account, or let it go on: orders, keys and sessions feel it at their next step',
  who: staff('admin.set-customer-status'),
  body: z.object({
    status: z.enum(['active', 'suspended']),
    memo,
    /** What the customer is told a suspension is for; nothing where a law forbids it. */
    reason: z.optional(z.enum(suspensionReasons)),
  }),
  returns: done,
  refuses: ['customer-not-found', 'account-closed'],
  uses: { accounts: suspendAccounts, mail: mailQueue },

  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const audit = {
      by: caller.staffId,
      action: 'admin.set-customer-status',
      on: `customer ${id}`,
      why: body.memo,
      after: { status: body.status, ...(body.reason ? { told: body.reason } : {}) },
    }
    await uses.accounts.setStatus(id, body.status, audit, now, body.reason)
    if (body.status === 'suspended') await uses.mail.send([{ template: 'account-suspended', to: id, reason: body.reason }])
    return { done: true as const }
  },
})

export const handler = serve(setCustomerStatus)
