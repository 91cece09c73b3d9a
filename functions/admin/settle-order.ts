import * as z from 'zod/mini'
import { parseMoney } from '../../core/money.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { settleOutcomes } from '../../data/orders/settle-outcomes.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { decision, settlingFields } from '../kit/settling-fields.ts'
import { staffOrderView, viewOrder } from '../kit/views.ts'

export const settleOrder = endpoint({
  name: 'admin.settle-order',
  route: 'POST /api/admin/orders/{orderId}/outcome',
  summary:
    'An order that hangs was delivered in full, in part (with what remains) or not at all, and is over: the share of what was not delivered goes back once, and has to be the refund named',
  who: staff('admin.settle-order'),
  body: z.object({
    ...settlingFields,
    as: z.enum(['completed', 'partial', 'canceled']),
    remains: z.optional(z.int().check(z.minimum(1))),
    refund: z.string().check(z.maxLength(20)),
  }),
  returns: staffOrderView,
  refuses: ['order-not-found', 'changed-meanwhile', 'order-needs-no-settling'],
  uses: { finding: orderByNumber, orders: settleOutcomes },

  async run({ caller, path, body, uses, now }) {
    const { as, remains } = body
    const refund = parseMoney(body.refund)
    if (refund === undefined) throw new Refusal('invalid-request', { fields: ['refund'] })
    if ((as === 'partial') !== (remains !== undefined)) throw new Refusal('invalid-request', { fields: ['remains'] })
    const decided = await decision({
      action: 'admin.settle-order',
      by: caller.staffId,
      number: path.orderId,
      body,
      finding: uses.finding,
      now,
      after: { state: as, ...(remains === undefined ? {} : { remains }), refund: body.refund },
    })
    const order = await uses.orders.settle(decided, as, remains, refund)
    return { ...order, ...viewOrder(order) }
  },
})

export const handler = serve(settleOrder)
