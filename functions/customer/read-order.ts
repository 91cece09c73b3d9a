import * as z from 'zod/mini'
import { orderId, shortInteger } from '../../core/ids.ts'
import { stepsForCustomer } from '../../core/orders/history.ts'
import { orderStates } from '../../core/orders/states.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { customer } from '../../data/door.ts'
import { noteSignals } from '../../data/note-signals.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { refillOutlook } from '../../data/orders/refill-outlook.ts'
import { cancelOutlook } from '../../data/orders/request-cancels.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import {
  cancelRequestView,
  mayCancelView,
  mayRefillView,
  refillView,
  viewCancelRequest,
  viewMayCancel,
  viewMayRefill,
  viewRefill,
} from '../kit/request-views.ts'
import { serve } from '../kit/serve.ts'
import { orderView, viewOrder } from '../kit/views.ts'

export const readOrder = endpoint({
  name: 'customer.read-order',
  route: 'GET /api/orders/{orderId}',
  summary: 'One order, with its comments, the steps it took, its refills, and what may be asked for now',
  who: customer,
  returns: z.extend(orderView, {
    comments: z.optional(z.string()),
    /** After it was accepted. */
    steps: z.array(z.object({ state: z.enum(orderStates), at: moment })),
    /** Oldest first. */
    refills: z.array(refillView),
    refill: mayRefillView,
    cancelRequest: z.optional(cancelRequestView),
    cancel: mayCancelView,
  }),
  refuses: ['order-not-found'],
  uses: { orders: readOrders, refills: refillOutlook, cancels: cancelOutlook, signals: noteSignals },

  async run({ caller, path, uses, now }) {
    const number = shortInteger(path.orderId)
    const order = number === undefined ? undefined : await uses.orders.get(caller.customerId, orderId(number))
    // Somebody else's order is not forbidden: it is not there.
    if (!order) {
      await uses.signals.strangeOrders(caller.customerId, undefined, 1, now)
      throw new Refusal('order-not-found')
    }
    const [{ link, comments }, { refills, next: refill }, { asked, next: cancel }] = await Promise.all([
      uses.orders.payload(order),
      uses.refills.of(order, now),
      uses.cancels.of(order, now),
    ])
    const steps = stepsForCustomer(order).map(({ state, at }) => ({ state, at: iso(at) }))
    return {
      ...viewOrder(order, order.link ?? link),
      comments,
      steps,
      refills: refills.map(viewRefill),
      refill: viewMayRefill(refill),
      ...(asked ? { cancelRequest: viewCancelRequest(asked) } : {}),
      cancel: viewMayCancel(cancel),
    }
  },
})

export const handler = serve(readOrder)
