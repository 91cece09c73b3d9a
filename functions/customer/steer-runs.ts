import * as z from 'zod/mini'
import { orderId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { customer } from '../../data/door.ts'
import { steerRuns as runsOfOrders, steps } from '../../data/orders/steer-runs.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { orderView, viewOrder } from '../kit/views.ts'

export const steerRuns = endpoint({
  name: 'customer.steer-runs',
  route: 'POST /api/orders/{orderId}/runs',
  summary: 'Pause, resume or cancel the runs of a drip-feed order that have not begun; what canceled ones cost goes back',
  who: customer,
  body: z.object({ step: z.enum(steps) }),
  returns: orderView,
  refuses: ['order-not-found', 'no-runs-left', 'runs-held-by-staff'],
  uses: { runs: runsOfOrders },

  async run({ caller, path, body, uses, now }) {
    const number = shortInteger(path.orderId)
    if (number === undefined) throw new Refusal('order-not-found')
    const order = orderId(number)
    return viewOrder(await uses.runs.steer({ customer: caller.customerId, order, step: body.step, at: now }))
  },
})

export const handler = serve(steerRuns)
