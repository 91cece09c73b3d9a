import { customerEven } from '../../data/door.ts'
import { writeInTickets } from '../../data/tickets/write-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { ticketNumber } from '../kit/ticket-number.ts'
import { ticketView, viewTicket } from '../kit/ticket-views.ts'

export const closeTicket = endpoint({
  name: 'customer.close-ticket',
  route: 'POST /api/tickets/{ticketId}/close',
  summary: 'Nothing is left to be asked; closed before, it stays so',
  who: customerEven('suspended'),
  returns: ticketView,
  refuses: ['ticket-not-found'],
  uses: { tickets: writeInTickets },

  run: async ({ caller, path, uses, now }) =>
    viewTicket(await uses.tickets.close(caller.customerId, ticketNumber(path.ticketId), now)),
})

export const handler = serve(closeTicket)
