import * as z from 'zod/mini'
import { keyId } from '../../core/ids.ts'
import { customer } from '../../data/door.ts'
import { manageKeys } from '../../data/manage-keys.ts'
import { limitAttempts, newKeys } from '../../data/rates.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { newKeyView, viewKey } from '../kit/key-view.ts'
import { serve } from '../kit/serve.ts'

/** A week. */
const longestOverlapHours = 168

export const rotateKey = endpoint({
  name: 'customer.rotate-key',
  route: 'POST /api/keys/{keyId}/rotation',
  summary: 'Put a new key in the place of an API key; the old one goes on for so many hours, and then opens nothing',
  who: customer,
  body: z.object({ overlapHours: z.int().check(z.minimum(0), z.maximum(longestOverlapHours)) }),
  returns: newKeyView,
  status: 201,
  refuses: ['key-not-found', 'key-rotated', 'too-many-keys', 'customer-not-found'],
  uses: { keys: manageKeys, limits: limitAttempts, mail: mailQueue },

  async run({ caller, path, body, uses, now }) {
    await uses.limits.count('new keys', [[caller.customerId, newKeys]], now)
    const { key, secret } = await uses.keys.rotate(caller.customerId, keyId(path.keyId), body.overlapHours * 3_600, now)
    await uses.mail.send([{ template: 'key-rotated', to: caller.customerId, keyId: key.keyId }])
    return { ...viewKey(key), key: secret }
  },
})

export const handler = serve(rotateKey)
