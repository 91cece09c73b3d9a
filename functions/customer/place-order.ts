import * as z from 'zod/mini'
import { serviceId } from '../../core/ids.ts'
import { placingRefusals } from '../../core/refusals.ts'
import { customer } from '../../data/door.ts'
import { placeOrders } from '../../data/orders/place-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { requestId } from '../kit/fields.ts'
import { ask } from '../kit/order-fields.ts'
import { serve } from '../kit/serve.ts'
import { orderView, viewOrder } from '../kit/views.ts'

export const placeOrder = endpoint({
  name: 'customer.place-order',
  route: 'POST /api/orders',
  summary: 'Place an order and pay for it from the wallet; the same requestId again answers the same order',
  who: customer,
  body: z.extend(ask, { requestId }),
  returns: orderView,
  status: 201,
  refuses: placingRefusals,
  uses: { orders: placeOrders },

  async run({ caller, body, uses, now }) {
    const { serviceId: number, requestId, ...wanted } = body
    const order = await uses.orders.place({
      customer: caller.customerId,
      serviceId: serviceId(number),
      ask: wanted,
      requestId,
      at: now,
    })
    return viewOrder(order, wanted.link)
  },
})

export const handler = serve(placeOrder)
