import * as z from 'zod/mini'
import { mostMessages } from '../../core/tickets/ticket.ts'
import { customerEven } from '../../data/door.ts'
import { writeInTickets } from '../../data/tickets/write-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { ticketNumber } from '../kit/ticket-number.ts'

export const seeTicket = endpoint({
  name: 'customer.see-ticket',
  route: 'PUT /api/tickets/{ticketId}/seen',
  summary: 'The first so many messages were seen; what came since stays unread',
  who: customerEven('suspended'),
  body: z.object({ messages: z.int().check(z.minimum(1), z.maximum(mostMessages)) }),
  returns: done,
  refuses: ['ticket-not-found'],
  uses: { tickets: writeInTickets },

  async run({ caller, path, body, uses }) {
    await uses.tickets.see(caller.customerId, ticketNumber(path.ticketId), body.messages)
    return { done: true as const }
  },
})

export const handler = serve(seeTicket)
