import * as z from 'zod/mini'
import { customer } from '../../data/door.ts'
import { manageKeys } from '../../data/manage-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { keyView, viewKey } from '../kit/key-view.ts'
import { serve } from '../kit/serve.ts'

export const listKeys = endpoint({
  name: 'customer.list-keys',
  route: 'GET /api/keys',
  summary: 'The account’s API keys, by name and first characters, with what each may do and from where',
  who: customer,
  returns: z.object({ rows: z.array(keyView) }),
  refuses: [],
  uses: { keys: manageKeys },

  async run({ caller, uses }) {
    return { rows: (await uses.keys.list(caller.customerId)).map(viewKey) }
  },
})

export const handler = serve(listKeys)
