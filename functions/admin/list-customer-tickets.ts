import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { settings } from '../../data/settings.ts'
import { readTickets } from '../../data/tickets/read-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { staffTicketView, viewStaffTicket } from '../kit/ticket-views.ts'
import { page } from '../kit/views.ts'

export const listCustomerTickets = endpoint({
  name: 'admin.list-customer-tickets',
  route: 'GET /api/admin/customers/{customerId}/tickets',
  summary: 'Every ticket of a customer, newest first; the look is on record',
  who: staff('admin.list-customer-tickets'),
  query: z.object({ cursor }),
  returns: page(staffTicketView),
  refuses: [],
  uses: { tickets: readTickets, audit: keepAudit, settings },

  async run({ caller, path, query, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-customer-tickets', on: `customer ${id}` }, now)
    const { tickets, cursor } = await uses.tickets.page(id, query.cursor, 25)
    return { rows: tickets.map((ticket) => viewStaffTicket(ticket, now, uses.settings)), cursor }
  },
})

export const handler = serve(listCustomerTickets)
