import * as z from 'zod/mini'
import { customerId, fileId, orderId, staffId, ticketId } from '../../core/ids.ts'
import { isBeforeStaff, type TicketStep, ticketStatuses, ticketSteps } from '../../core/tickets/states.ts'
import { type Ticket, type TicketMessage, type TicketNote, ticketCategories } from '../../core/tickets/ticket.ts'
import { iso } from '../../core/time.ts'
import { acceptedAt, keys, openLists } from '../keys.ts'
import { id, integer, numberId, time } from '../read.ts'
import type { NamedLeg } from '../transact.ts'

const ticketItem = z.object({
  customerId: id(customerId),
  ticketId: numberId(ticketId),
  category: z.enum(ticketCategories),
  subject: z.string(),
  orderIds: z.array(numberId(orderId)),
  status: z.enum(ticketStatuses),
  createdAt: time,
  changedAt: time,
  waitingSince: z.optional(time),
  closedAt: z.optional(time),
  dueAt: z.optional(time),
  assignedTo: z.optional(id(staffId)),
  messages: integer,
  unread: integer,
  unreadByStaff: integer,
})

export const readTicketItem = (item: unknown): Ticket => ticketItem.parse(item)

const messageItem = z.object({
  at: time,
  author: z.enum(['customer', 'staff']),
  by: z.optional(id(staffId)),
  text: z.string(),
  named: z.optional(z.string()),
  files: z.optional(z.array(id(fileId))),
})
export const readMessage = (item: unknown): TicketMessage => messageItem.parse(item)

const noteItem = z.object({ at: time, by: id(staffId), text: z.string() })
export const readNote = (item: unknown): TicketNote => noteItem.parse(item)

export const messageAsItem = (
  { customerId, ticketId }: Pick<Ticket, 'customerId' | 'ticketId'>,
  requestId: string,
  message: TicketMessage,
) => ({
  ...keys.ticketMessage(customerId, ticketId, requestId),
  ...message,
  at: iso(message.at),
})

/** A ticket that was just opened. It waits for staff. */
export const ticketAsItem = (ticket: Ticket) => ({
  ...keys.ticket(ticket.customerId, ticket.ticketId),
  ...ticket,
  createdAt: iso(ticket.createdAt),
  changedAt: iso(ticket.changedAt),
  waitingSince: ticket.waitingSince && iso(ticket.waitingSince),
  closedAt: ticket.closedAt && iso(ticket.closedAt),
  dueAt: ticket.dueAt && iso(ticket.dueAt),
  openOn: queueOf(ticket),
  acceptedAt: acceptedAt(ticket.createdAt, ticket.ticketId),
})

const queueOf = ({ dueAt }: Pick<Ticket, 'dueAt'>): string => (dueAt ? openLists.privacyRequests() : openLists.tickets())

/** What goes with a step. */
interface Further {
  readonly set?: Readonly<Record<string, unknown>>
  /** Written with a message. */
  readonly adds?: 'unread' | 'unreadByStaff'
}

/**
 * A step of a ticket as an update of its item. The condition is printed from the table of steps. What waits for staff is on
 * a list from then on; a privacy request stays on its own until it is closed.
 */
export function stepLeg(ticket: Ticket, name: TicketStep, at: Date, { set = {}, adds }: Further = {}): NamedLeg {
  const { from, to } = ticketSteps[name]
  const isListed = isBeforeStaff(to, ticket.dueAt)
  const remove = [
    ...(isListed ? [] : ['openOn', 'acceptedAt']),
    ...(to === 'open' ? [] : ['waitingSince']),
    ...(name === 'reopen' ? ['closedAt'] : []),
  ]
  const sets: [string, unknown][] = [
    ...Object.entries(set),
    ['status', to],
    ['changedAt', iso(at)],
    ...(isListed ? [['openOn', queueOf(ticket)] as [string, unknown]] : []),
    ...(to === 'closed' ? [['closedAt', iso(at)] as [string, unknown]] : []),
  ]
  // Since when it waits is not set anew by whoever writes once more.
  const first: [string, unknown][] = [
    ...(isListed ? [['acceptedAt', acceptedAt(ticket.dueAt ? ticket.createdAt : at, ticket.ticketId)] as [string, unknown]] : []),
    ...(to === 'open' ? [['waitingSince', iso(at)] as [string, unknown]] : []),
  ]
  const counted = adds ? ['messages', adds] : []
  const seen = adds === 'unread' ? ['unreadByStaff'] : adds === 'unreadByStaff' ? ['unread'] : []
  return {
    Update: {
      Key: keys.ticket(ticket.customerId, ticket.ticketId),
      UpdateExpression: [
        `SET ${[
          ...sets.map(([attribute]) => `#${attribute} = :${attribute}`),
          ...first.map(([attribute]) => `#${attribute} = if_not_exists(#${attribute}, :${attribute})`),
          ...counted.map((attribute) => `#${attribute} = #${attribute} + :one`),
          // Whoever writes has read.
          ...seen.map((attribute) => `#${attribute} = :none`),
        ].join(', ')}`,
        ...(remove.length > 0 ? [`REMOVE ${remove.map((attribute) => `#${attribute}`).join(', ')}`] : []),
      ].join(' '),
      ConditionExpression: `#status IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
      ExpressionAttributeNames: Object.fromEntries(
        [
          'status',
          ...sets.map(([attribute]) => attribute),
          ...first.map(([attribute]) => attribute),
          ...counted,
          ...seen,
          ...remove,
        ].map((attribute) => [`#${attribute}`, attribute]),
      ),
      ExpressionAttributeValues: {
        ...Object.fromEntries([...sets, ...first].map(([attribute, value]) => [`:${attribute}`, value])),
        ...Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
        ...(counted.length > 0 ? { ':one': 1, ':none': 0 } : {}),
      },
    },
  }
}
