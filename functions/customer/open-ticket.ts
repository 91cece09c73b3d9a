import * as z from 'zod/mini'
import { fileId, orderId } from '../../core/ids.ts'
import { mostOrders, ticketCategories } from '../../core/tickets/ticket.ts'
import { customerEven } from '../../data/door.ts'
import { limitAttempts, newTickets } from '../../data/rates.ts'
import { settings } from '../../data/settings.ts'
import { openTickets } from '../../data/tickets/write-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { files, orderNumber, subject, text, ticketView, viewTicket } from '../kit/ticket-views.ts'

export const openTicket = endpoint({
  name: 'customer.open-ticket',
  route: 'POST /api/tickets',
  summary: 'Ask support something, about orders of one’s own or anything else; the same requestId again answers the same ticket',
  who: customerEven('suspended'),
  body: z.object({
    category: z.enum(ticketCategories),
    subject,
    text,
    orders: z._default(z.array(orderNumber).check(z.maxLength(mostOrders)), []),
    files,
    requestId,
  }),
  returns: ticketView,
  status: 201,
  refuses: ['order-not-found', 'file-not-found', 'file-not-ready', 'too-many-tickets'],
  uses: { tickets: openTickets, attempts: limitAttempts, settings },

  async run({ caller, body, uses, now }) {
    await uses.attempts.count('open-ticket', [[caller.customerId, newTickets]], now)
    const { orders, files: attached, ...wish } = body
    const named = [...new Set(orders)].map(orderId)
    const files = attached.map(fileId)
    const asked = { ...wish, customer: caller.customerId, orders: named, files, at: now }
    return viewTicket(await uses.tickets.open(asked, uses.settings))
  },
})

export const handler = serve(openTicket)
