import { customer } from '../../data/door.ts'
import { readSignIns } from '../../data/sign-ins.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { signInsView, viewSignIns } from '../kit/sign-in-view.ts'

export const listSignIns = endpoint({
  name: 'customer.list-sign-ins',
  route: 'GET /api/sign-ins',
  summary: 'The last sign-ins to the account and the tries that failed, each the newest first; kept for 90 days',
  who: customer,
  returns: signInsView,
  refuses: [],
  uses: { history: readSignIns },

  async run({ caller, uses, now }) {
    return viewSignIns(await uses.history.list(caller.customerId, now))
  },
})

export const handler = serve(listSignIns)
