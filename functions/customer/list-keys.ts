import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { customer } from '../../data/door.ts'
import { readKeyUse } from '../../data/key-use.ts'
import { readKeys } from '../../data/manage-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { keyView, viewKey } from '../kit/key-view.ts'
import { serve } from '../kit/serve.ts'

export const listKeys = endpoint({
  name: 'customer.list-keys',
  route: 'GET /api/keys',
  summary:
    'The account’s API keys, by name and first characters, with what each may do and from where, and at least how much it was used in the last 30 days',
  who: customer,
  returns: z.object({
    rows: z.array(
      z.extend(keyView, { lastUsedAt: z.optional(moment), calls: z.array(z.object({ day: z.string(), calls: z.int() })) }),
    ),
  }),
  refuses: [],
  uses: { keys: readKeys, use: readKeyUse },

  async run({ caller, uses, now }) {
    const [keys, lately] = await Promise.all([uses.keys.of(caller.customerId, now), uses.use.lately(caller.customerId, now)])
    const rows = keys.map((key) => {
      const days = lately.filter(({ keyId }) => keyId === key.keyId)
      const last = days.at(-1)?.usedAt
      return { ...viewKey(key), lastUsedAt: last && iso(last), calls: days.map(({ day, calls }) => ({ day, calls })) }
    })
    return { rows }
  },
})

export const handler = serve(listKeys)
