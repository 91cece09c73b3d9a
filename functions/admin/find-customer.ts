import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCustomers } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { findCustomers } from '../../outside/identity/customers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { email } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const findCustomer = endpoint({
  name: 'admin.find-customer',
  // Not a GET: an email does not belong into an address, where logs would keep it.
  route: 'POST /api/admin/customers/find',
  summary: 'The customer with an email; the look-up is on record',
  who: staff('admin.find-customer'),
  body: z.object({ email }),
  returns: z.object({ customerId: z.string() }),
  refuses: ['customer-not-found'],
  uses: { identity: findCustomers, customers: readCustomers, audit: keepAudit },

  async run({ caller, body, uses, now }) {
    const id = await uses.identity.byEmail(body.email)
    // Somebody who never finished signing up is no customer yet.
    const found = id !== undefined && (await uses.customers.get(id)) !== undefined
    // A look that finds nobody is on record too, without the email: whose it is is nobody's business here.
    const on = found ? `customer ${id}` : 'an email that no customer has'
    await uses.audit.record({ by: caller.staffId, action: 'admin.find-customer', on }, now)
    if (!found) throw new Refusal('customer-not-found')
    return { customerId: id }
  },
})

export const handler = serve(findCustomer)
