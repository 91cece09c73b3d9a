import * as z from 'zod/mini'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { findKeyOwners, keyPrefix } from '../../data/find-key-owners.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const findCustomerByKey = endpoint({
  name: 'admin.find-customer-by-key',
  route: 'POST /api/admin/customers/find-by-key',
  summary: 'Customers who have or had an API key with these first characters; the look-up is on record',
  who: staff('admin.find-customer-by-key'),
  // Nine characters and no more: a whole key is a secret, and not to be sent here.
  body: z.object({ prefix: z.string().check(z.regex(keyPrefix)) }),
  returns: z.object({ customerIds: z.array(z.string()) }),
  refuses: [],
  uses: { keys: findKeyOwners, audit: keepAudit },

  async run({ caller, body, uses, now }) {
    const customerIds = await uses.keys.byPrefix(body.prefix)
    const looks = customerIds.length > 0 ? customerIds.map((id) => `customer ${id}`) : ['the beginning of a key that nobody has']
    for (const on of looks) await uses.audit.record({ by: caller.staffId, action: 'admin.find-customer-by-key', on }, now)
    return { customerIds }
  },
})

export const handler = serve(findCustomerByKey)
