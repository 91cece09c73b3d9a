import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { veilText } from '../../core/privacy/veil.ts'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCustomers } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { readLooks } from '../../data/looks.ts'
import { readNotes } from '../../data/notes.ts'
import { readStaff } from '../../data/staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const listCustomerNotes = endpoint({
  name: 'admin.list-customer-notes',
  route: 'GET /api/admin/customers/{customerId}/notes',
  summary: 'What staff noted about a customer, newest first; the look is on record',
  who: staff('admin.list-customer-notes'),
  returns: z.object({ rows: z.array(z.object({ at: moment, by: z.string(), author: z.optional(z.string()), text: z.string() })) }),
  refuses: [],
  uses: { notes: readNotes, colleagues: readStaff, customers: readCustomers, looks: readLooks, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-customer-notes', on: `customer ${id}` }, now)
    const [notes, colleagues, customer, shownUntil] = await Promise.all([
      uses.notes.of(id),
      uses.colleagues.all(),
      uses.customers.get(id),
      uses.looks.until(caller.staffId, id, now),
    ])
    const veil = (text: string): string =>
      shownUntil ? text : veilText(text, { name: customer?.fullName, email: customer?.email })
    const emails = new Map(colleagues.map(({ staffId, email }) => [staffId, email]))
    return { rows: notes.map(({ at, by, text }) => ({ at: iso(at), by, author: emails.get(by), text: veil(text) })) }
  },
})

export const handler = serve(listCustomerNotes)
