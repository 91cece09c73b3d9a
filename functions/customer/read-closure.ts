import * as z from 'zod/mini'
import { formatMoney } from '../../core/money.ts'
import { obstacles } from '../../core/privacy/erasing.ts'
import { recordDaysOf } from '../../core/privacy/periods.ts'
import { whatBecomes } from '../../core/privacy/what-becomes.ts'
import { iso } from '../../core/time.ts'
import { customerEven } from '../../data/door.ts'
import { readClosures, readStandings } from '../../data/privacy/closures.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const readClosure = endpoint({
  name: 'customer.read-closure',
  route: 'GET /api/me/closure',
  summary: 'What closing the account would mean, before it is done: what becomes of everything, and when; or how it stands',
  who: customerEven('suspended', 'closed'),
  returns: z.object({
    closed: z.optional(
      z.object({
        at: moment,
        eraseAt: moment,
        canBeKept: z.boolean(),
        /** Nothing is erased before staff looked into it; kept, it is suspended as before. */
        wasSuspended: z.boolean(),
      }),
    ),
    graceDays: z.int(),
    recordDays: z.int(),
    balance: amount,
    currency: z.string(),
    openOrders: z.int(),
    obstacles: z.array(z.enum(obstacles)),
    becomes: z.array(
      z.object({
        what: z.string(),
        fate: z.enum(['erased', 'pseudonymised', 'expires']),
        /** What is taken out of what stays. */
        cut: z.array(z.string()),
      }),
    ),
  }),
  refuses: ['customer-not-found'],
  uses: { standings: readStandings, closures: readClosures, settings },

  async run({ caller: { customerId }, uses }) {
    const [closure, standing] = await Promise.all([uses.closures.get(customerId), uses.standings.of(customerId)])
    const { retention, currency } = uses.settings
    return {
      closed: closure && {
        at: iso(closure.closedAt),
        eraseAt: iso(closure.eraseAt),
        canBeKept: closure.state === 'grace',
        wasSuspended: closure.wasSuspended === true,
      },
      graceDays: retention.closedAccountDays,
      recordDays: recordDaysOf(retention.transactionRecordYears),
      balance: formatMoney(standing.wallet.available),
      currency,
      openOrders: standing.openOrders,
      obstacles: [...standing.obstacles],
      becomes: whatBecomes(),
    }
  },
})

export const handler = serve(readClosure)
