import * as z from 'zod/mini'
import { customer } from '../../data/door.ts'
import { readSignIns } from '../../data/sign-ins.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { signInView, viewSignIn } from '../kit/sign-in-view.ts'

export const listSignIns = endpoint({
  name: 'customer.list-sign-ins',
  route: 'GET /api/sign-ins',
  summary: 'The last sign-ins to the account and the tries that failed, the newest first; kept for 90 days',
  who: customer,
  returns: z.object({ rows: z.array(signInView) }),
  refuses: [],
  uses: { history: readSignIns },

  async run({ caller, uses, now }) {
    return { rows: (await uses.history.list(caller.customerId, now)).map(viewSignIn) }
  },
})

export const handler = serve(listSignIns)
