import * as z from 'zod/mini'
import { isLate } from '../../core/tickets/late.ts'
import { type Ticket, ticketCategories } from '../../core/tickets/ticket.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readPeople } from '../../data/read-people.ts'
import { settings } from '../../data/settings.ts'
import { listWaitingTickets } from '../../data/tickets/list-waiting.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { staffTicketView, veilSubject, viewStaffTicket } from '../kit/ticket-views.ts'
import { page } from '../kit/views.ts'

/** Rows of one answer. */
const most = 100

export const listTickets = endpoint({
  name: 'admin.list-tickets',
  route: 'GET /api/admin/tickets',
  summary:
    'Tickets that wait for staff, and privacy requests until they are closed; what is to be dealt with first first. The look is on record',
  who: staff('admin.list-tickets'),
  query: z.object({
    show: z._default(z.enum(['all', 'mine', 'unassigned']), 'all'),
    category: z.optional(z.enum(ticketCategories)),
    late: z.optional(z.literal('yes')),
    cursor,
  }),
  /** A page may be short, or empty, where few are asked for: the cursor says whether there is another. */
  returns: page(staffTicketView),
  refuses: [],
  uses: { tickets: listWaitingTickets, people: readPeople, audit: keepAudit, settings },

  async run({ caller, query: { show, category, late, cursor }, uses, now }) {
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-tickets', on: 'tickets' }, now)
    const isWanted = (ticket: Ticket): boolean =>
      (show !== 'mine' || ticket.assignedTo === caller.staffId) &&
      (show !== 'unassigned' || ticket.assignedTo === undefined) &&
      (category === undefined || ticket.category === category) &&
      (late === undefined || isLate(ticket, now, uses.settings))
    const found = await uses.tickets.page(uses.settings, isWanted, cursor, most)
    const people = await uses.people.of(found.tickets.map(({ customerId }) => customerId))
    // P-SEC-2: going through the queue takes nobody’s name.
    const veiled = (ticket: Ticket): Ticket => veilSubject(ticket, people.get(ticket.customerId))
    return { rows: found.tickets.map((ticket) => viewStaffTicket(veiled(ticket), now, uses.settings)), cursor: found.cursor }
  },
})

export const handler = serve(listTickets)
