import * as z from 'zod/mini'
import { orderId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { customer } from '../../data/door.ts'
import { requestCancels } from '../../data/orders/request-cancels.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const requestCancel = endpoint({
  name: 'customer.request-cancel',
  route: 'POST /api/orders/{orderId}/cancellation',
  summary: 'Cancel an order: one that was not sent is paid back at once, for any other whoever has it is asked',
  who: customer,
  returns: z.object({
    /** `withdrawn`: all of it came back. `asked`: money comes back when the order is reported as canceled or partial. */
    outcome: z.enum(['withdrawn', 'asked']),
  }),
  refuses: ['order-not-found', 'cancel-unavailable'],
  uses: { cancels: requestCancels },

  async run({ caller, path, uses, now }) {
    const number = shortInteger(path.orderId)
    if (number === undefined) throw new Refusal('order-not-found')
    return { outcome: await uses.cancels.request(caller.customerId, orderId(number), now) }
  },
})

export const handler = serve(requestCancel)
