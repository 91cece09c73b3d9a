import * as z from 'zod/mini'
import { customerId, keyId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { overseeKeys } from '../../data/manage-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const revokeCustomerKey = endpoint({
  name: 'admin.revoke-customer-key',
  // Not a DELETE: those carry no reason.
  route: 'POST /api/admin/customers/{customerId}/keys/{keyId}/revocation',
  summary: 'Revoke a customer’s API key: from the next request on it opens nothing',
  who: staff('admin.revoke-customer-key'),
  body: z.object({ memo }),
  returns: done,
  refuses: ['key-not-found'],
  uses: { keys: overseeKeys },

  async run({ caller, path, body, uses, now }) {
    const [id, key] = [customerId(path.customerId), keyId(path.keyId)]
    const audit = {
      by: caller.staffId,
      action: 'admin.revoke-customer-key',
      on: `customer ${id}`,
      why: body.memo,
      after: { keyId: key, revoked: true },
    }
    await uses.keys.revoke(id, key, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(revokeCustomerKey)
