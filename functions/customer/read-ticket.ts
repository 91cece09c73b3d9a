import { customerEven } from '../../data/door.ts'
import { ordersOfTicket } from '../../data/tickets/orders-of-ticket.ts'
import { readTickets } from '../../data/tickets/read-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { ticketNumber } from '../kit/ticket-number.ts'
import { viewChips, viewMessage, viewTicket, wholeTicketView } from '../kit/ticket-views.ts'

export const readTicket = endpoint({
  name: 'customer.read-ticket',
  route: 'GET /api/tickets/{ticketId}',
  summary: 'One ticket with all that was written in it, and its orders as they stand',
  who: customerEven('suspended'),
  returns: wholeTicketView,
  refuses: ['ticket-not-found'],
  uses: { tickets: readTickets, orders: ordersOfTicket },

  async run({ caller: { customerId }, path, uses }) {
    const number = ticketNumber(path.ticketId)
    const ticket = await uses.tickets.get(customerId, number)
    const [messages, orders] = await Promise.all([uses.tickets.messages(customerId, number), uses.orders.of(ticket)])
    return { ...viewTicket(ticket), conversation: messages.map((message) => viewMessage(message)), orders: viewChips(orders) }
  },
})

export const handler = serve(readTicket)
