import * as z from 'zod/mini'
import { deviceOf } from '../../core/identity/device.ts'
import { iso } from '../../core/time.ts'
import { customer } from '../../data/door.ts'
import { readSignIns } from '../../data/sign-ins.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const listSignIns = endpoint({
  name: 'customer.list-sign-ins',
  route: 'GET /api/sign-ins',
  summary: 'The last sign-ins to the account and the tries that failed, the newest first; kept for 90 days',
  who: customer,
  returns: z.object({
    rows: z.array(
      z.object({
        at: moment,
        /** The proof by which somebody came in, or at which he did not. */
        outcome: z.enum(['password', 'app', 'recovery-code', 'wrong-password', 'wrong-code']),
        /** As people call it, and as it calls itself. */
        device: z.string(),
        browser: z.string(),
        address: z.string(),
        /** Tries that failed from one address within an hour are one row. */
        times: z.int(),
      }),
    ),
  }),
  refuses: [],
  uses: { history: readSignIns },

  async run({ caller, uses, now }) {
    const signIns = await uses.history.list(caller.customerId, now)
    return { rows: signIns.map((signIn) => ({ ...signIn, at: iso(signIn.at), device: deviceOf(signIn.browser) })) }
  },
})

export const handler = serve(listSignIns)
