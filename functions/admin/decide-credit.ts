import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { formatMoney } from '../../core/money.ts'
import { decideCredits, readCreditRequests } from '../../data/credit-requests.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const decideCredit = endpoint({
  name: 'admin.decide-credit',
  route: 'PUT /api/admin/credit-requests/{customerId}/{requestId}',
  summary: 'Agree to a credit somebody else asked for, which moves the money once, or decline it; whoever asked may take it back',
  who: staff('admin.decide-credit'),
  body: z.object({ decision: z.enum(['agree', 'decline']), memo }),
  returns: done,
  refuses: ['credit-request-not-found', 'customer-not-found', 'not-on-oneself'],
  uses: { waiting: readCreditRequests, credits: decideCredits },

  async run({ caller, path, body, uses, now }) {
    const request = await uses.waiting.get({ customer: customerId(path.customerId), requestId: path.requestId })
    const audit = {
      by: caller.staffId,
      action: 'admin.decide-credit',
      on: `customer ${request.customer}`,
      why: body.memo,
      before: { amount: formatMoney(request.amount), askedBy: request.by, requestId: request.requestId },
      after: { decision: body.decision },
    }
    if (body.decision === 'agree') await uses.credits.agree(request, caller.staffId, audit, now)
    else await uses.credits.decline(request, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(decideCredit)
