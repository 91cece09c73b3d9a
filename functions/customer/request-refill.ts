import { orderId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { customer } from '../../data/door.ts'
import { requestRefills } from '../../data/orders/request-refills.ts'
import { endpoint } from '../kit/endpoint.ts'
import { refillView, viewRefill } from '../kit/request-views.ts'
import { serve } from '../kit/serve.ts'

export const requestRefill = endpoint({
  name: 'customer.request-refill',
  route: 'POST /api/orders/{orderId}/refills',
  summary: 'Ask for a completed order to be made good; one at a time, within the days its service promises',
  who: customer,
  returns: refillView,
  status: 201,
  refuses: ['order-not-found', 'refill-unavailable'],
  uses: { refills: requestRefills },

  async run({ caller, path, uses, now }) {
    const number = shortInteger(path.orderId)
    if (number === undefined) throw new Refusal('order-not-found')
    return viewRefill(await uses.refills.request(caller.customerId, orderId(number), now))
  },
})

export const handler = serve(requestRefill)
