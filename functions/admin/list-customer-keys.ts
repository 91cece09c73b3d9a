import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readKeys } from '../../data/manage-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { keyView, viewKey } from '../kit/key-view.ts'
import { serve } from '../kit/serve.ts'

export const listCustomerKeys = endpoint({
  name: 'admin.list-customer-keys',
  route: 'GET /api/admin/customers/{customerId}/keys',
  summary: 'A customer’s API keys, by name and first characters; the look is on record',
  who: staff('admin.list-customer-keys'),
  returns: z.object({ rows: z.array(keyView) }),
  refuses: [],
  uses: { keys: readKeys, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-customer-keys', on: `customer ${id}` }, now)
    return { rows: (await uses.keys.of(id)).map(viewKey) }
  },
})

export const handler = serve(listCustomerKeys)
