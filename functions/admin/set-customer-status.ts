import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { suspendAccounts } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setCustomerStatus = endpoint({
  name: 'admin.set-customer-status',
  route: 'PUT /api/admin/customers/{customerId}/status',
  summary: 'Suspend an account, or let it go on: orders, keys and sessions feel it at their next step',
  who: staff('admin.set-customer-status'),
  body: z.object({ status: z.enum(['active', 'suspended']), memo }),
  returns: done,
  refuses: ['customer-not-found', 'account-closed'],
  uses: { accounts: suspendAccounts },

  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const audit = {
      by: caller.staffId,
      action: 'admin.set-customer-status',
      on: `customer ${id}`,
      why: body.memo,
      after: { status: body.status },
    }
    await uses.accounts.setStatus(id, body.status, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(setCustomerStatus)
