import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page, staffOrderView, viewOrder } from '../kit/views.ts'

export const listCustomerOrders = endpoint({
  name: 'admin.list-customer-orders',
  route: 'GET /api/admin/customers/{customerId}/orders',
  summary: 'One customer’s orders, newest first',
  who: staff('finance', 'support'),
  query: z.object({ group: z.optional(z.enum(['active', 'completed', 'partial', 'canceled'])), cursor }),
  returns: page(staffOrderView),
  refuses: [],
  uses: { orders: readOrders },

  async run({ path, query, uses }) {
    const { orders, cursor } = await uses.orders.page(customerId(path.customerId), query.group, query.cursor, 25)
    return { rows: orders.map((order) => ({ ...order, ...viewOrder(order) })), cursor }
  },
})

export const handler = serve(listCustomerOrders)
