import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
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
  refuses: ['order-not-found', 'changed-meanwhile'],
  uses: { finding: orderByNumber, orders: takeOrders },

  async run({ caller, path, uses, now }) {
    const { customerId, orderId } = await orderNumbered(path.orderId, uses.finding)
    const audit = { by: caller.staffId, action: 'admin.take-manual-order', on: `order ${orderId}` }
    const order = await uses.orders.take(customerId, orderId, audit, now)
    return { ...order, ...viewOrder(order) }
  },
})

export const handler = serve(takeManualOrder)
