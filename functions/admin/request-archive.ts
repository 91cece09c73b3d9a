import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { dueAt } from '../../core/tickets/late.ts'
import { readCustomers } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { askForCustomers } from '../../data/privacy/archives.ts'
import { settings } from '../../data/settings.ts'
import { asked, askedIn } from '../kit/asked.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const requestArchive = endpoint({
  name: 'admin.request-archive',
  route: 'POST /api/admin/customers/{customerId}/archives',
  summary:
    'Have the archive of a customer’s data made for that customer, who asked for it: a mail tells them, and they alone can fetch it',
  who: staff('admin.request-archive'),
  body: z.object({ memo, ticketId: askedIn }),
  returns: done,
  status: 202,
  refuses: ['customer-not-found', 'ticket-not-found', 'archive-under-way'],
  uses: { customers: readCustomers, archives: askForCustomers, settings },

  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const account = await uses.customers.get(id)
    if (!account) throw new Refusal('customer-not-found')
    // Nobody could fetch it.
    if (account.status === 'closed') throw new Refusal('account-closed')
    const wish = asked('admin.request-archive', caller, id, body, `Had the archive of their data made: ${body.memo}`)
    await uses.archives.ask(id, dueAt(now, uses.settings), wish, now)
    return { done: true as const }
  },
})

export const handler = serve(requestArchive)
