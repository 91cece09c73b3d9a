import * as z from 'zod/mini'
import { customerId, refillId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { decideRefills } from '../../data/orders/decide-refills.ts'
import { checkRefillTargets } from '../../data/orders/refill-targets.ts'
import { callOffRefills, readRefills } from '../../data/orders/refills.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const decideRefill = endpoint({
  name: 'admin.decide-refill',
  route: 'PUT /api/admin/refills/{customerId}/{refillId}',
  summary: 'Take a refill up, call it done, turn it down with a word the customer reads, or have it sent to the provider once more',
  who: staff('admin.decide-refill'),
  body: z.discriminatedUnion('decision', [
    z.object({ decision: z.literal('reject'), memo }),
    z.object({ decision: z.enum(['start', 'complete', 'resend']), memo: z.optional(memo) }),
  ]),
  returns: done,
  refuses: ['refill-not-found', 'changed-meanwhile', 'target-blocked'],
  uses: { refills: readRefills, deciding: decideRefills, targets: checkRefillTargets, calling: callOffRefills },

  async run({ caller, path, body, uses, now }) {
    const customer = customerId(path.customerId)
    const number = shortInteger(path.refillId)
    const [refill] = number === undefined ? [] : await uses.refills.some(customer, [refillId(number)])
    if (!refill) throw new Refusal('refill-not-found')
    const isToBeDone = body.decision === 'start' || body.decision === 'resend'
    if (isToBeDone && (await uses.targets.holds(refill))) {
      await uses.calling.callOff(refill, now)
      throw new Refusal('target-blocked')
    }
    const audit = {
      by: caller.staffId,
      action: 'admin.decide-refill',
      on: `order ${refill.orderId}`,
      why: body.memo,
      before: { refill: refill.refillId, state: refill.state },
      after: { decision: body.decision },
    }
    await uses.deciding.decide(refill, body.decision, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(decideRefill)
