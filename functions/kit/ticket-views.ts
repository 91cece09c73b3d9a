import * as z from 'zod/mini'
import { largestShortInteger } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { orderStates } from '../../core/orders/states.ts'
import { veilText } from '../../core/privacy/veil.ts'
import { isLate, type SupportRules } from '../../core/tickets/late.ts'
import { reopensUntil, staffMay, staffSteps, ticketStatuses } from '../../core/tickets/states.ts'
import {
  longestSubject,
  longestText,
  mostFiles,
  type Ticket,
  type TicketMessage,
  ticketCategories,
} from '../../core/tickets/ticket.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** What people write. */
export const subject = z.string().check(z.trim(), z.minLength(3), z.maxLength(longestSubject))
export const text = z.string().check(z.trim(), z.minLength(1), z.maxLength(longestText))
export const orderNumber = z.int().check(z.positive(), z.maximum(largestShortInteger))

/** A ticket as its customer sees it. */
export const ticketView = z.object({
  ticketId: z.int(),
  category: z.enum(ticketCategories),
  subject: z.string(),
  orderIds: z.array(z.int()),
  status: z.enum(ticketStatuses),
  createdAt: moment,
  changedAt: moment,
  /** Until when a privacy request is dealt with. */
  dueAt: z.optional(moment),
  /** Until when it can be opened again; only of a closed one. */
  reopensUntil: z.optional(moment),
  messages: z.int(),
  /** Answers that the customer has not seen. */
  unread: z.int(),
})

export const viewTicket = (ticket: Ticket): z.input<typeof ticketView> => ({
  ...ticket,
  orderIds: [...ticket.orderIds],
  createdAt: iso(ticket.createdAt),
  changedAt: iso(ticket.changedAt),
  dueAt: ticket.dueAt && iso(ticket.dueAt),
  reopensUntil: ticket.closedAt && iso(reopensUntil(ticket.closedAt)),
})

/** Files that are attached. */
export const files = z._default(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(mostFiles)), [])

export const messageView = z.object({
  at: moment,
  author: z.enum(['customer', 'staff']),
  text: z.string(),
  files: z.optional(z.array(z.string())),
})
/** `veil`: what stands for a name that whoever looks is not shown (P-SEC-2), also where an answer addressed its customer by it. */
export const viewMessage = (message: TicketMessage, veil = (text: string): string => text): z.input<typeof staffMessageView> => ({
  ...message,
  text: veil(message.text),
  at: iso(message.at),
  files: message.files && [...message.files],
})

/** Orders that a ticket names, as they stand. */
export const orderChip = z.object({ orderId: z.int(), state: z.enum(orderStates) })
export const viewChips = (orders: readonly Order[]): z.input<typeof orderChip>[] =>
  orders.map(({ orderId, state }) => ({ orderId, state })).toSorted((one, other) => one.orderId - other.orderId)

export const wholeTicketView = z.extend(ticketView, { conversation: z.array(messageView), orders: z.array(orderChip) })

/** What staff see besides. */
export const staffTicketView = z.extend(ticketView, {
  customerId: z.string(),
  waitingSince: z.optional(moment),
  assignedTo: z.optional(z.string()),
  unreadByStaff: z.int(),
  isLate: z.boolean(),
})
export const viewStaffTicket = (ticket: Ticket, now: Date, rules: SupportRules): z.input<typeof staffTicketView> => ({
  ...ticket,
  ...viewTicket(ticket),
  dueAt: ticket.dueAt && iso(ticket.dueAt),
  waitingSince: ticket.waitingSince && iso(ticket.waitingSince),
  isLate: isLate(ticket, now, rules),
})

/** As staff see it who did not ask whose it is (P-SEC-2). */
export const veilSubject = (ticket: Ticket, who: { readonly fullName: string; readonly email: string } | undefined): Ticket => ({
  ...ticket,
  subject: veilText(ticket.subject, { name: who?.fullName, email: who?.email }),
})

export const staffMessageView = z.extend(messageView, { by: z.optional(z.string()) })

/** Steps that staff can take as it stands. */
export const stepsView = z.array(z.enum(staffSteps))
export const viewSteps = (ticket: Ticket): z.input<typeof stepsView> => staffMay(ticket.status)
