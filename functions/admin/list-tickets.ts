import * as z from 'zod/mini'
import { ticketCategories } from '../../core/tickets/ticket.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { settings } from '../../data/settings.ts'
import { listWaitingTickets } from '../../data/tickets/list-waiting.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { staffTicketView, viewStaffTicket } from '../kit/ticket-views.ts'

/** Those dealt with make room for the next. */
const most = 200

export const listTickets = endpoint({
  name: 'admin.list-tickets',
  route: 'GET /api/admin/tickets',
  summary:
    'Tickets that wait for staff, and privacy requests until they are closed; longest waiting first, 200 at most. The look is on record',
  who: staff('admin.list-tickets'),
  query: z.object({
    show: z._default(z.enum(['all', 'mine', 'unassigned']), 'all'),
    category: z.optional(z.enum(ticketCategories)),
    late: z.optional(z.literal('yes')),
  }),
  returns: z.object({ rows: z.array(staffTicketView), more: z.boolean() }),
  refuses: [],
  uses: { tickets: listWaitingTickets, audit: keepAudit, settings },

  async run({ caller, query: { show, category, late }, uses, now }) {
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-tickets', on: 'tickets' }, now)
    const rows: z.input<typeof staffTicketView>[] = []
    for await (const ticket of uses.tickets.all()) {
      const row = viewStaffTicket(ticket, now, uses.settings)
      if (show === 'mine' && ticket.assignedTo !== caller.staffId) continue
      if (show === 'unassigned' && ticket.assignedTo !== undefined) continue
      if ((category && ticket.category !== category) || (late && !row.isLate)) continue
      if (rows.length === most) return { rows, more: true }
      rows.push(row)
    }
    return { rows, more: false }
  },
})

export const handler = serve(listTickets)
