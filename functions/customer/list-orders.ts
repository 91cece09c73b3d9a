import * as z from 'zod/mini'
import { isOfGroup } from '../../core/orders/states.ts'
import { customer } from '../../data/door.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { orderView, page, viewOrder } from '../kit/views.ts'

export const listOrders = endpoint({
  name: 'customer.list-orders',
  route: 'GET /api/orders',
  summary: 'Orders, newest first, all or one group of states',
  who: customer,
  query: z.object({
    group: z.optional(z.enum(['active', 'completed', 'partial', 'canceled'])),
    /** How many at once; 25 where nothing is said. */
    size: z.optional(z.enum(['25', '100'])),
    cursor,
  }),
  returns: page(orderView),
  refuses: [],
  uses: { orders: readOrders },

  async run({ caller, query, uses }) {
    const { orders, cursor } = await uses.orders.page(
      caller.customerId,
      isOfGroup(query.group),
      query.cursor,
      Number(query.size ?? 25),
    )
    return { rows: orders.map((order) => viewOrder(order)), cursor }
  },
})

export const handler = serve(listOrders)
