import * as z from 'zod/mini'
import { formatMoney } from '../../core/money.ts'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCreditRequests } from '../../data/credit-requests.ts'
import { staff } from '../../data/door.ts'
import { readStaff } from '../../data/staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const listCreditRequests = endpoint({
  name: 'admin.list-credit-requests',
  route: 'GET /api/admin/credit-requests',
  summary: 'Credits that wait for a second person, oldest first, with who asked and why; the look is on record',
  who: staff('admin.list-credit-requests'),
  returns: z.object({
    rows: z.array(
      z.object({
        customerId: z.string(),
        requestId: z.string(),
        amount,
        memo: z.string(),
        askedBy: z.string(),
        /** Whether whoever looks asked for it, and so cannot agree to it. */
        own: z.boolean(),
        at: moment,
      }),
    ),
  }),
  refuses: [],
  uses: { credits: readCreditRequests, staff: readStaff, audit: keepAudit },

  async run({ caller, uses, now }) {
    const [waiting, colleagues] = await Promise.all([uses.credits.waiting(), uses.staff.all()])
    if (waiting.length > 0)
      await uses.audit.record({ by: caller.staffId, action: 'admin.list-credit-requests', on: 'credits that wait' }, now)
    const emails = new Map(colleagues.map(({ staffId, email }) => [staffId, email]))
    const rows = waiting.map(({ customer, requestId, amount, memo, by, at }) => ({
      customerId: customer,
      requestId,
      amount: formatMoney(amount),
      memo,
      askedBy: emails.get(by) ?? by,
      own: by === caller.staffId,
      at: iso(at),
    }))
    return { rows }
  },
})

export const handler = serve(listCreditRequests)
