import { Refusal } from '../../core/refusals.ts'
import { checkBlocks } from '../../data/blocked.ts'
import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { takeOrders } from '../../data/orders/work-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { orderNumbered } from '../kit/order-by-number.ts'
import { serve } from '../kit/serve.ts'
import { staffOrderView, viewOrder } from '../kit/views.ts'

export const takeManualOrder = endpoint({
  name: 'admin.take-manual-order',
  route: 'POST /api/admin/manual-orders/{orderId}/take',
  summary: 'Take a manual order in hand: it is in progress from then on, and no colleague begins with it',
  who: staff('admin.take-manual-order'),
  returns: staffOrderView,
  refuses: ['order-not-found', 'changed-meanwhile', 'target-blocked'],
  uses: { finding: orderByNumber, orders: takeOrders, payloads: readOrders, blocks: checkBlocks, withdrawing: withdrawOrders },

  async run({ caller, path, uses, now }) {
    const found = await orderNumbered(path.orderId, uses.finding)
    const { customerId, orderId } = found
    const link = found.link ?? (await uses.payloads.payload(found)).link
    // No machine sends it, so nothing else would hold it back.
    if (found.state === 'accepted' && link !== undefined && (await uses.blocks.holds(link))) {
      await uses.withdrawing.withdraw(customerId, orderId, now, 'target-blocked')
      throw new Refusal('target-blocked')
    }
    const audit = { by: caller.staffId, action: 'admin.take-manual-order', on: `order ${orderId}` }
    const order = await uses.orders.take(customerId, orderId, audit, now)
    return { ...order, ...viewOrder(order) }
  },
})

export const handler = serve(takeManualOrder)
