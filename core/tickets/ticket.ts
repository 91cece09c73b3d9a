import type { CustomerId, FileId, OrderId, StaffId, TicketId } from '../ids.ts'
import type { TicketStatus } from './states.ts'

/** What a ticket is about. */
export const ticketCategories = ['order', 'payment', 'cancel', 'refill', 'speed-up', 'privacy-request', 'other'] as const
export type TicketCategory = (typeof ticketCategories)[number]

export const longestSubject = 120
/** Longest text of a message, in characters. */
export const longestText = 4_000
/** Orders that a ticket can name. */
export const mostOrders = 10
/** A ticket of more messages is not read any more: another one is opened. */
export const mostMessages = 200
/** Tickets of one customer that may stand before staff at once, and privacy requests beside them: nobody hides the others’. */
export const mostWaiting = 10
export const mostPrivacyRequests = 2
/** Files that a message can carry. */
export const mostFiles = 4

export interface Ticket {
  readonly customerId: CustomerId
  readonly ticketId: TicketId
  readonly category: TicketCategory
  readonly subject: string
  readonly orderIds: readonly OrderId[]
  readonly status: TicketStatus
  readonly createdAt: Date
  /** When something was last written or decided. */
  readonly changedAt: Date
  /** Since when it waits for staff; undefined while it does not. */
  readonly waitingSince?: Date | undefined
  readonly closedAt?: Date | undefined
  /** Until when it must be dealt with: a privacy request (P-RT-3). */
  readonly dueAt?: Date | undefined
  readonly assignedTo?: StaffId | undefined
  readonly messages: number
  /** Messages of staff that the customer has not seen, and the other way round. */
  readonly unread: number
  readonly unreadByStaff: number
}

export type Author = 'customer' | 'staff'

/** Something that was written in a ticket. Never changed. */
export interface TicketMessage {
  readonly at: Date
  readonly author: Author
  /** Who of the staff, for staff alone. */
  readonly by?: StaffId | undefined
  readonly text: string
  /** The customer’s name as it stood then, where staff addressed them by it: another one may stand in the account since. */
  readonly named?: string | undefined
  /** Attached, each its customer’s own. */
  readonly files?: readonly FileId[] | undefined
}

/** What staff wrote down about a ticket, for colleagues alone. */
export interface TicketNote {
  readonly at: Date
  readonly by: StaffId
  readonly text: string
}
