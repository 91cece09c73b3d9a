import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readStatements } from '../../data/statements.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page, staffEntryView, viewEntry } from '../kit/views.ts'

export const listCustomerEntries = endpoint({
  name: 'admin.list-customer-entries',
  route: 'GET /api/admin/customers/{customerId}/entries',
  summary: 'One customer’s statement, newest first; the look is on record',
  who: staff('admin.list-customer-entries'),
  query: z.object({ cursor }),
  returns: page(staffEntryView),
  refuses: [],
  uses: { statements: readStatements, audit: keepAudit },

  async run({ caller, path, query, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-customer-entries', on: `customer ${id}` }, now)
    const { lines, cursor } = await uses.statements.page(id, query.cursor, 25)
    return { rows: lines.map((line) => ({ ...viewEntry(line), by: line.by, agreedBy: line.agreedBy })), cursor }
  },
})

export const handler = serve(listCustomerEntries)
