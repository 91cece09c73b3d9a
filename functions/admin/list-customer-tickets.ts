import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import type { Ticket } from '../../core/tickets/ticket.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCustomers } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { readLooks } from '../../data/looks.ts'
import { settings } from '../../data/settings.ts'
import { readTickets } from '../../data/tickets/read-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { staffTicketView, veilSubject, viewStaffTicket } from '../kit/ticket-views.ts'
import { page } from '../kit/views.ts'

export const listCustomerTickets = endpoint({
  name: 'admin.list-customer-tickets',
  route: 'GET /api/admin/customers/{customerId}/tickets',
  summary: 'Every ticket of a customer, newest first; the look is on record',
  who: staff('admin.list-customer-tickets'),
  query: z.object({ cursor }),
  returns: page(staffTicketView),
  refuses: [],
  uses: { tickets: readTickets, customers: readCustomers, looks: readLooks, audit: keepAudit, settings },

  async run({ caller, path, query, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-customer-tickets', on: `customer ${id}` }, now)
    const { tickets, cursor } = await uses.tickets.page(id, query.cursor, 25)
    const [customer, shownUntil] = await Promise.all([uses.customers.get(id), uses.looks.until(caller.staffId, id, now)])
    const shown = (ticket: Ticket): Ticket => (shownUntil ? ticket : veilSubject(ticket, customer))
    return { rows: tickets.map((ticket) => viewStaffTicket(shown(ticket), now, uses.settings)), cursor }
  },
})

export const handler = serve(listCustomerTickets)
