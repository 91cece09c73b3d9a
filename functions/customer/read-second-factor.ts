import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { customerEven } from '../../data/door.ts'
import { readSecondFactors } from '../../data/second-factors.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const readSecondFactor = endpoint({
  name: 'customer.read-second-factor',
  route: 'GET /api/me/second-factor',
  summary: 'Whether a second factor is asked for, and how many recovery codes are left',
  who: customerEven('suspended', 'closed'),
  returns: z.object({ on: z.boolean(), since: z.optional(moment), codesLeft: z.int() }),
  refuses: [],
  uses: { factors: readSecondFactors },

  async run({ caller, uses }) {
    const factor = await uses.factors.of(caller.customerId)
    return factor ? { on: true, since: iso(factor.since), codesLeft: factor.codesLeft } : { on: false, codesLeft: 0 }
  },
})

export const handler = serve(readSecondFactor)
