import * as z from 'zod/mini'
import { orderId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readCancelRequests } from '../../data/orders/cancel-requests.ts'
import { readTried } from '../../data/orders/fail-over.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { readMovements } from '../../data/orders/read-movements.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { readRefills } from '../../data/orders/refills.ts'
import { readSendings } from '../../data/orders/sendings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { staffCancelRequestView, staffRefillView, viewStaffCancelRequest, viewStaffRefill } from '../kit/request-views.ts'
import { serve } from '../kit/serve.ts'
import { staffOrderWholeView, viewWholeOrder } from '../kit/views.ts'

export const findOrder = endpoint({
  name: 'admin.find-order',
  route: 'GET /api/admin/orders/{orderId}',
  summary:
    'An order by its number, whoever’s it is, with its history, its refills, the money that moved and, where it hangs, the evidence and what can be done; the look is on record',
  who: staff('admin.find-order'),
  returns: z.extend(staffOrderWholeView, {
    refills: z.array(staffRefillView),
    cancelRequest: z.optional(staffCancelRequestView),
  }),
  refuses: ['order-not-found'],
  uses: {
    finding: orderByNumber,
    orders: readOrders,
    money: readMovements,
    refills: readRefills,
    cancels: readCancelRequests,
    sendings: readSendings,
    tried: readTried,
    audit: keepAudit,
  },

  async run({ caller, path, uses, now }) {
    const number = shortInteger(path.orderId)
    const order = number === undefined ? undefined : await uses.finding.get(orderId(number))
    if (!order) throw new Refusal('order-not-found')
    await uses.audit.record({ by: caller.staffId, action: 'admin.find-order', on: `order ${order.orderId}` }, now)
    const [payload, movements, sendings, refills, asked, tried] = await Promise.all([
      uses.orders.payload(order),
      uses.money.of(order),
      uses.sendings.of(order, now),
      uses.refills.of(order.customerId, order.orderId),
      uses.cancels.of(order.customerId, order.orderId),
      uses.tried.of(order),
    ])
    return {
      ...viewWholeOrder(order, payload, { movements, sendings, tried }),
      refills: refills.map(viewStaffRefill),
      ...(asked ? { cancelRequest: viewStaffCancelRequest(asked) } : {}),
    }
  },
})

export const handler = serve(findOrder)
