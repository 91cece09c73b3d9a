import * as z from 'zod/mini'
import { customerId, orderId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { decideCancels, readCancelRequests } from '../../data/orders/cancel-requests.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const decideCancel = endpoint({
  name: 'admin.decide-cancel',
  route: 'PUT /api/admin/cancellations/{customerId}/{orderId}',
  summary:
    'Say what came of a wish to cancel: agreed with the provider, turned down with a word the customer reads, or sent once more; none of it moves money',
  who: staff('admin.decide-cancel'),
  body: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('refuse'), memo }),
    z.object({ decision: z.enum(['take', 'resend']), memo: z.optional(memo) }),
  ]),
  returns: done,
  refuses: ['cancel-request-not-found', 'changed-meanwhile'],
  uses: { requests: readCancelRequests, deciding: decideCancels },

  async run({ caller, path, body, uses, now }) {
    const number = shortInteger(path.orderId)
    const request = number === undefined ? undefined : await uses.requests.of(customerId(path.customerId), orderId(number))
    if (!request) throw new Refusal('cancel-request-not-found')
    const audit = {
      by: caller.staffId,
      action: 'admin.decide-cancel',
      on: `order ${request.orderId}`,
      why: body.memo,
      before: { state: request.state },
      after: { decision: body.decision },
    }
    await uses.deciding.decide(request, body.decision, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(decideCancel)
