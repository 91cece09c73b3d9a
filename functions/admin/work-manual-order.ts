import * as z from 'zod/mini'
import { largestShortInteger } from '../../core/ids.ts'
import type { Work } from '../../core/orders/manual.ts'
import type { Order } from '../../core/orders/order.ts'
import { Refusal } from '../../core/refusals.ts'
import { isPermitted } from '../../core/staff/permissions.ts'
import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { workOrders } from '../../data/orders/work-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { orderNumbered } from '../kit/order-by-number.ts'
import { serve } from '../kit/serve.ts'
import { staffOrderView, viewOrder } from '../kit/views.ts'

const number = z.int().check(z.minimum(0), z.maximum(largestShortInteger))

export const workManualOrder = endpoint({
  name: 'admin.work-manual-order',
  route: 'POST /api/admin/manual-orders/{orderId}/work',
  summary:
    'Write down what was done about a manual order: its start count or what remains, that it is complete, partial or canceled. What was not delivered goes back to the unit, once',
  who: staff('admin.work-manual-order'),
  body: z.discriminatedUnion('did', [
    z.strictObject({ did: z.literal('note'), startCount: z.optional(number), remains: z.optional(number) }),
    z.strictObject({ did: z.literal('complete') }),
    /** The customer reads the reason beside the refund. */
    z.strictObject({ did: z.literal('partial'), remains: number, memo }),
    /** Without `remains`, all of it goes back. */
    z.strictObject({ did: z.literal('cancel'), remains: z.optional(number), memo }),
  ]),
  returns: staffOrderView,
  refuses: ['order-not-found', 'changed-meanwhile'],
  uses: { finding: orderByNumber, orders: workOrders },

  async run({ caller, path, body, uses, now }) {
    const found = await orderNumbered(path.orderId, uses.finding)
    if (givesBackLater(found, body) && !isPermitted(caller.role, 'admin.settle-order')) throw new Refusal('role-forbids')
    const { customerId, orderId } = found
    const why = 'memo' in body ? body.memo : undefined
    const audit = { by: caller.staffId, action: 'admin.work-manual-order', on: `order ${orderId}`, why }
    const order = await uses.orders.work(customerId, orderId, body, audit, now)
    return { ...order, ...viewOrder(order) }
  },
})

/** Whether money goes back for what was over already, as any other settling does: that is for another role. */
function givesBackLater({ state, remains, quantity }: Order, work: Work): boolean {
  if (work.did === 'note' || work.did === 'complete') return false
  if (state !== 'completed' && state !== 'partial' && state !== 'canceled') return false
  // Asked for again, it changes nothing.
  const isSame = state === (work.did === 'cancel' ? 'canceled' : 'partial') && remains === (work.remains ?? quantity)
  return !isSame
}

export const handler = serve(workManualOrder)
