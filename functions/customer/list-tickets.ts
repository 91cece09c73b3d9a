import * as z from 'zod/mini'
import { customerEven } from '../../data/door.ts'
import { readTickets } from '../../data/tickets/read-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { ticketView, viewTicket } from '../kit/ticket-views.ts'
import { page } from '../kit/views.ts'

export const listTickets = endpoint({
  name: 'customer.list-tickets',
  route: 'GET /api/tickets',
  summary: 'Tickets, newest first, with what is unread',
  who: customerEven('suspended'),
  query: z.object({ cursor }),
  returns: page(ticketView),
  refuses: [],
  uses: { tickets: readTickets },

  async run({ caller, query, uses }) {
    const { tickets, cursor } = await uses.tickets.page(caller.customerId, query.cursor, 25)
    return { rows: tickets.map(viewTicket), cursor }
  },
})

export const handler = serve(listTickets)
