import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { veilName, veilText } from '../../core/privacy/veil.ts'
import { iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCustomers } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { readLooks } from '../../data/looks.ts'
import { settings } from '../../data/settings.ts'
import { ordersOfTicket } from '../../data/tickets/orders-of-ticket.ts'
import { readTicketNotes, readTickets } from '../../data/tickets/read-tickets.ts'
import { workOnTickets } from '../../data/tickets/staff-tickets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { ticketNumber } from '../kit/ticket-number.ts'
import {
  orderChip,
  staffMessageView,
  staffTicketView,
  stepsView,
  viewChips,
  viewMessage,
  viewStaffTicket,
  viewSteps,
} from '../kit/ticket-views.ts'

export const readTicket = endpoint({
  name: 'admin.read-ticket',
  route: 'GET /api/admin/tickets/{customerId}/{ticketId}',
  summary:
    'One ticket with its conversation, colleagues’ notes, its customer and orders. The look is on record, and the ticket read',
  who: staff('admin.read-ticket'),
  returns: z.extend(staffTicketView, {
    conversation: z.array(staffMessageView),
    orders: z.array(orderChip),
    notes: z.array(z.object({ at: moment, by: z.string(), text: z.string() })),
    /** What staff can do with it as it stands. */
    steps: stepsView,
    customer: z.optional(z.object({ fullName: z.string(), status: z.enum(['active', 'suspended', 'closed']), createdAt: moment })),
  }),
  refuses: ['ticket-not-found'],
  uses: {
    tickets: readTickets,
    notes: readTicketNotes,
    orders: ordersOfTicket,
    customers: readCustomers,
    looks: readLooks,
    seeing: workOnTickets,
    audit: keepAudit,
    settings,
  },

  async run({ caller, path, uses, now }) {
    const [id, number] = [customerId(path.customerId), ticketNumber(path.ticketId)]
    const ticket = await uses.tickets.get(id, number)
    // P-SEC-2: before anything is shown.
    await uses.audit.record({ by: caller.staffId, action: 'admin.read-ticket', on: `customer ${id}, ticket ${number}` }, now)
    const [messages, notes, orders, customer, shownUntil] = await Promise.all([
      uses.tickets.messages(id, number),
      uses.notes.of(id, number),
      uses.orders.of(ticket),
      uses.customers.get(id),
      uses.looks.until(caller.staffId, id, now),
    ])
    if (ticket.unreadByStaff > 0) await uses.seeing.see(id, number, ticket.messages)
    // Whoever corrected their name may have been addressed by the former one.
    const names = [...new Set([customer?.fullName, ...messages.map(({ named }) => named)])]
    const veil = (text: string): string =>
      shownUntil
        ? text
        : names.reduce<string>((veiled, name) => veilText(veiled, { name }), veilText(text, { email: customer?.email }))
    return {
      ...viewStaffTicket({ ...ticket, subject: veil(ticket.subject) }, now, uses.settings),
      conversation: messages.map((message) => viewMessage(message, veil)),
      orders: viewChips(orders),
      notes: notes.map((note) => ({ ...note, text: veil(note.text), at: iso(note.at) })),
      steps: viewSteps(ticket),
      customer: customer && {
        fullName: shownUntil ? customer.fullName : veilName(customer.fullName),
        status: customer.status,
        createdAt: iso(customer.createdAt),
      },
    }
  },
})

export const handler = serve(readTicket)
