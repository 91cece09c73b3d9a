import { keyId } from '../../core/ids.ts'
import { customer } from '../../data/door.ts'
import { manageKeys } from '../../data/manage-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const revokeKey = endpoint({
  name: 'customer.revoke-key',
  route: 'DELETE /api/keys/{keyId}',
  summary: 'Revoke an API key: from the next request on it opens nothing',
  who: customer,
  returns: done,
  refuses: ['key-not-found'],
  uses: { keys: manageKeys },

  async run({ caller, path, uses, now }) {
    await uses.keys.revoke(caller.customerId, keyId(path.keyId), now)
    return { done: true as const }
  },
})

export const handler = serve(revokeKey)
