import * as z from 'zod/mini'
import { orderId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { customer } from '../../data/door.ts'
import { listRuns as runsOfOrders } from '../../data/orders/list-runs.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { orderView, page, viewOrder } from '../kit/views.ts'

export const listRuns = endpoint({
  name: 'customer.list-runs',
  route: 'GET /api/orders/{orderId}/runs',
  summary: 'The orders that carry out the runs of a drip-feed order, the latest run first',
  who: customer,
  query: z.object({ cursor }),
  returns: page(orderView),
  refuses: ['order-not-found'],
  uses: { orders: readOrders, runs: runsOfOrders },

  async run({ caller, path, query, uses }) {
    const number = shortInteger(path.orderId)
    const order = number === undefined ? undefined : await uses.orders.get(caller.customerId, orderId(number))
    if (!order) throw new Refusal('order-not-found')
    const { orders, cursor } = await uses.runs.page(order, query.cursor, 25)
    return { rows: orders.map((run) => viewOrder(run)), cursor }
  },
})

export const handler = serve(listRuns)
