import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { veilAddress } from '../../core/privacy/veil.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readLooks } from '../../data/looks.ts'
import { readKeys } from '../../data/manage-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { keyView, viewKey } from '../kit/key-view.ts'
import { serve } from '../kit/serve.ts'

export const listCustomerKeys = endpoint({
  name: 'admin.list-customer-keys',
  route: 'GET /api/admin/customers/{customerId}/keys',
  summary: 'A customer’s API keys, by name and first characters, addresses veiled until they are asked for; the look is on record',
  who: staff('admin.list-customer-keys'),
  returns: z.object({ rows: z.array(keyView) }),
  refuses: [],
  uses: { keys: readKeys, looks: readLooks, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-customer-keys', on: `customer ${id}` }, now)
    const [keys, shownUntil] = await Promise.all([uses.keys.of(id, now), uses.looks.until(caller.staffId, id, now)])
    const rows = keys.map(viewKey)
    return { rows: shownUntil ? rows : rows.map((row) => ({ ...row, addresses: row.addresses.map(veilAddress) })) }
  },
})

export const handler = serve(listCustomerKeys)
