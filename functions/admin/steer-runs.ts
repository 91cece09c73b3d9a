import * as z from 'zod/mini'
import { orderId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { overseeRuns, steps } from '../../data/orders/steer-runs.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { staffOrderView, viewOrder } from '../kit/views.ts'

export const steerRuns = endpoint({
  name: 'admin.steer-runs',
  route: 'POST /api/admin/orders/{orderId}/runs',
  summary: 'Pause, resume or cancel the runs of a drip-feed order that have not begun; what canceled ones cost goes back',
  who: staff('admin.steer-runs'),
  body: z.object({ step: z.enum(steps), memo }),
  returns: staffOrderView,
  refuses: ['order-not-found', 'no-runs-left'],
  uses: { finding: orderByNumber, runs: overseeRuns },

  async run({ caller, path, body, uses, now }) {
    const number = shortInteger(path.orderId)
    const found = number === undefined ? undefined : await uses.finding.get(orderId(number))
    if (!found) throw new Refusal('order-not-found')
    const audit = {
      by: caller.staffId,
      action: 'admin.steer-runs',
      on: `order ${found.orderId}`,
      why: body.memo,
      before: { started: found.feed?.started ?? 0 },
      after: { step: body.step },
    }
    const order = await uses.runs.steer({
      customer: found.customerId,
      order: found.orderId,
      step: body.step,
      at: now,
      audit,
    })
    return { ...order, ...viewOrder(order) }
  },
})

export const handler = serve(steerRuns)
