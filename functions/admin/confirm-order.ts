import * as z from 'zod/mini'
import { providerOrderId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { confirmOrders } from '../../data/orders/confirm-orders.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { decision, settlingFields } from '../kit/settling-fields.ts'
import { staffOrderView, viewOrder } from '../kit/views.ts'

export const confirmOrder = endpoint({
  name: 'admin.confirm-order',
  route: 'POST /api/admin/orders/{orderId}/confirmation',
  summary:
    'An order whose outcome is unknown is at its provider, under this number: it is asked about from now on. No money moves; the same requestId again changes nothing',
  who: staff('admin.confirm-order'),
  body: z.object({
    ...settlingFields,
    providerOrderId: z.string().check(z.trim(), z.regex(/^(?!0+$)[A-Za-z0-9_][A-Za-z0-9_-]{0,63}$/)),
  }),
  returns: staffOrderView,
  refuses: ['order-not-found', 'changed-meanwhile', 'order-needs-no-settling', 'provider-number-taken'],
  uses: { finding: orderByNumber, orders: confirmOrders },

  async run({ caller, path, body, uses, now }) {
    const number = providerOrderId(body.providerOrderId)
    const decided = await decision({
      action: 'admin.confirm-order',
      by: caller.staffId,
      number: path.orderId,
      body,
      finding: uses.finding,
      now,
      after: { state: 'pending', providerOrderId: number },
    })
    const order = await uses.orders.confirm(decided, number)
    return { ...order, ...viewOrder(order) }
  },
})

export const handler = serve(confirmOrder)
