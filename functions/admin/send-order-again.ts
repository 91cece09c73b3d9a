import * as z from 'zod/mini'
import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { sendOn } from '../../data/orders/send-on.ts'
import { submitQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { decision, settlingFields } from '../kit/settling-fields.ts'
import { staffOrderView, viewOrder } from '../kit/views.ts'

export const sendOrderAgain = endpoint({
  name: 'admin.send-order-again',
  route: 'POST /api/admin/orders/{orderId}/submissions',
  summary:
    'An order whose outcome is unknown, or that is parked, goes to its provider once more; the provider may have it already, which whoever asks for this says they accept',
  who: staff('admin.send-order-again'),
  body: z.object({ ...settlingFields, mayBeDoubled: z.literal(true) }),
  returns: staffOrderView,
  refuses: ['order-not-found', 'changed-meanwhile', 'order-needs-no-settling'],
  uses: { finding: orderByNumber, orders: sendOn, submit: submitQueue },

  async run({ caller, path, body, uses, now }) {
    const decided = await decision({
      action: 'admin.send-order-again',
      by: caller.staffId,
      number: path.orderId,
      body,
      finding: uses.finding,
      now,
      after: { state: 'accepted' },
    })
    const order = await uses.orders.sendAgain(decided)
    // Should this not arrive, the sweeper finds the order in a minute or two.
    const { customerId, orderId, providerId } = order
    await uses.submit.send([{ customerId, orderId, providerId }], () => providerId)
    return { ...order, ...viewOrder(order) }
  },
})

export const handler = serve(sendOrderAgain)
