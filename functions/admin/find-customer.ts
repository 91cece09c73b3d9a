import * as z from 'zod/mini'
import { largestShortInteger, orderId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCustomers } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { findCustomers } from '../../outside/identity/customers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { email } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const findCustomer = endpoint({
  name: 'admin.find-customer',
  // Not a GET: an email does not belong into an address, where logs would keep it.
  route: 'POST /api/admin/customers/find',
  summary: 'The customer with an email, or who placed an order; the look-up is on record',
  who: staff('admin.find-customer'),
  body: z.union([z.object({ email }), z.object({ orderId: z.int().check(z.positive(), z.maximum(largestShortInteger)) })]),
  returns: z.object({ customerId: z.string() }),
  refuses: ['customer-not-found', 'sign-up-unfinished'],
  uses: { identity: findCustomers, orders: orderByNumber, customers: readCustomers, audit: keepAudit },

  async run({ caller, body, uses, now }) {
    const byEmail = 'email' in body
    const id = byEmail ? await uses.identity.byEmail(body.email) : (await uses.orders.get(orderId(body.orderId)))?.customerId
    // Somebody who never finished signing up is no customer yet: staff who are asked to erase him hear what becomes of it.
    const found = id !== undefined && (await uses.customers.get(id)) !== undefined
    // A look that finds nobody is on record too, without the email: whose it is is nobody's business here.
    const nobody = byEmail ? 'an email that no customer has' : `order ${body.orderId}, which is not there`
    await uses.audit.record({ by: caller.staffId, action: 'admin.find-customer', on: found ? `customer ${id}` : nobody }, now)
    if (!found) throw new Refusal(byEmail && id !== undefined ? 'sign-up-unfinished' : 'customer-not-found')
    return { customerId: id }
  },
})

export const handler = serve(findCustomer)
