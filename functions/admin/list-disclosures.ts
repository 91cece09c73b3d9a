import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readDisclosures } from '../../data/privacy/disclosures.ts'
import { disclosureView, viewDisclosure } from '../kit/disclosure-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const listDisclosures = endpoint({
  name: 'admin.list-disclosures',
  route: 'GET /api/admin/customers/{customerId}/disclosures',
  summary: 'What was handed over of a customer to authorities, newest first; the look is on record',
  who: staff('admin.list-disclosures'),
  returns: z.object({ rows: z.array(disclosureView) }),
  refuses: [],
  uses: { disclosures: readDisclosures, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-disclosures', on: `customer ${id}` }, now)
    return { rows: (await uses.disclosures.of(id)).map(viewDisclosure) }
  },
})

export const handler = serve(listDisclosures)
