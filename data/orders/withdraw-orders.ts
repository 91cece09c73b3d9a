import type { CustomerId, OrderId } from '../../core/ids.ts'
import { minus } from '../../core/money.ts'
import type { Need } from '../../core/need.ts'
import type { Order, OrderReason } from '../../core/orders/order.ts'
import { mayGo } from '../../core/orders/states.ts'
import { Refusal } from '../../core/refusals.ts'
import { getOrder } from './get.ts'
import { giveBack, mayRefund } from './give-back.ts'
import { move } from './item.ts'

interface WithdrawOrders {
  /**
   * Calls off an order that was not sent yet: the whole charge goes back, in the same write. Answers the order as it
   * stands then: canceled. An order that a worker has in hand, or that was or may have been sent, stays what it is and is answered so.
   */
  withdraw(customer: CustomerId, order: OrderId, now: Date, reason?: OrderReason): Promise<Order>
}

export const withdrawOrders = {
  allow: mayRefund,
  open: () => ({ withdraw }),
} satisfies Need<WithdrawOrders>

async function withdraw(customer: CustomerId, number: OrderId, now: Date, reason?: OrderReason): Promise<Order> {
  for (;;) {
    const order = await getOrder(customer, number)
    if (!order) throw new Refusal('order-not-found')
    // One that staff sent again may be with its provider from the time before.
    if (!mayGo('withdraw', order.state) || order.sentAgain) return order
    const orderLeg = {
      Update: move(order, 'withdraw', now, {
        set: { refunded: order.charge, remains: order.quantity },
        reason,
        remove: [...(reason ? [] : ['reason']), 'said', 'openOn', 'leaseUntil'],
        // A worker that takes it in hand at this moment was first.
        only: { state: order.state, refunded: order.refunded },
      }),
    }
    const amount = minus(order.charge, order.refunded)
    await giveBack({ order, amount, remains: order.quantity, orderLeg, at: now })
  }
}
