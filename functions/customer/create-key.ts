import * as z from 'zod/mini'
import { manageKeys } from '../../data/api-keys.ts'
import { customer } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { keyView, viewKey } from '../kit/key-view.ts'
import { serve } from '../kit/serve.ts'

export const createKey = endpoint({
  name: 'customer.create-key',
  route: 'POST /api/keys',
  summary: 'Make an API key; the key itself is in this answer and never again',
  who: customer,
  body: z.object({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(60)) }),
  returns: z.extend(keyView, { key: z.string() }),
  status: 201,
  refuses: ['too-many-keys'],
  uses: { keys: manageKeys },

  async run({ caller, body, uses, now }) {
    const { key, secret } = await uses.keys.create(caller.customerId, body.name, now)
    return { ...viewKey(key), key: secret }
  },
})

export const handler = serve(createKey)
