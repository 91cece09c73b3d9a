import * as z from 'zod/mini'
import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { sendOn } from '../../data/orders/send-on.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { decision, settlingFields } from '../kit/settling-fields.ts'
import { staffOrderView, viewOrder } from '../kit/views.ts'

export const leaveOrder = endpoint({
  name: 'admin.leave-order',
  route: 'POST /api/admin/orders/{orderId}/leave',
  summary: 'What its provider said of an order means nothing: it goes on as if that had not been said. No money moves',
  who: staff('admin.leave-order'),
  body: z.object(settlingFields),
  returns: staffOrderView,
  refuses: ['order-not-found', 'changed-meanwhile', 'order-needs-no-settling'],
  uses: { finding: orderByNumber, orders: sendOn },

  async run({ caller, path, body, uses, now }) {
    const decided = await decision({
      action: 'admin.leave-order',
      by: caller.staffId,
      number: path.orderId,
      body,
      finding: uses.finding,
      now,
      after: { reason: 'none' },
    })
    const order = await uses.orders.leave(decided)
    return { ...order, ...viewOrder(order) }
  },
})

export const handler = serve(leaveOrder)
