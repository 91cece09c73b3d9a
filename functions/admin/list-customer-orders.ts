import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { isOfGroup } from '../../core/orders/states.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page, staffOrderView, viewOrder } from '../kit/views.ts'

export const listCustomerOrders = endpoint({
  name: 'admin.list-customer-orders',
  route: 'GET /api/admin/customers/{customerId}/orders',
  summary: 'One customer’s orders, newest first; the look is on record',
  who: staff('admin.list-customer-orders'),
  query: z.object({ group: z.optional(z.enum(['active', 'completed', 'partial', 'canceled'])), cursor }),
  returns: page(staffOrderView),
  refuses: [],
  uses: { orders: readOrders, audit: keepAudit },

  async run({ caller, path, query, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-customer-orders', on: `customer ${id}` }, now)
    const { orders, cursor } = await uses.orders.page(id, isOfGroup(query.group), query.cursor, 25)
    return { rows: orders.map((order) => ({ ...order, ...viewOrder(order) })), cursor }
  },
})

export const handler = serve(listCustomerOrders)
