import * as z from 'zod/mini'
import { orderId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { listRuns as runsOfOrders } from '../../data/orders/list-runs.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page, staffOrderView, viewOrder } from '../kit/views.ts'

export const listRuns = endpoint({
  name: 'admin.list-runs',
  route: 'GET /api/admin/orders/{orderId}/runs',
  summary: 'The orders that carry out the runs of a drip-feed order, the latest run first; the look is on record',
  who: staff('admin.list-runs'),
  query: z.object({ cursor }),
  returns: page(staffOrderView),
  refuses: ['order-not-found'],
  uses: { finding: orderByNumber, runs: runsOfOrders, audit: keepAudit },

  async run({ caller, path, query, uses, now }) {
    const number = shortInteger(path.orderId)
    const order = number === undefined ? undefined : await uses.finding.get(orderId(number))
    if (!order) throw new Refusal('order-not-found')
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-runs', on: `order ${order.orderId}` }, now)
    const { orders, cursor } = await uses.runs.page(order, query.cursor, 25)
    return { rows: orders.map((run) => ({ ...run, ...viewOrder(run) })), cursor }
  },
})

export const handler = serve(listRuns)
