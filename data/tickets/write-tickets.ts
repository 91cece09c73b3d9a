import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, type FileId, type OrderId, type TicketId, ticketId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { masked } from '../../core/privacy/slips.ts'
import { Refusal } from '../../core/refusals.ts'
import { dueAt, type SupportRules } from '../../core/tickets/late.ts'
import { reopensUntil, type TicketStep } from '../../core/tickets/states.ts'
import { mostMessages, type Ticket, type TicketCategory } from '../../core/tickets/ticket.ts'
import { epochSeconds, later } from '../../core/time.ts'
import { keepLegs, mayKeepFiles } from '../files.ts'
import { getItems } from '../get-items.ts'
import { ifItHolds } from '../if-it-holds.ts'
import { keys } from '../keys.ts'
import { advance } from '../numbers.ts'
import { readOrder } from '../orders/item.ts'
import { numberId } from '../read.ts'
import { table } from '../table.ts'
import { append, transact } from '../transact.ts'
import { messageAsItem, stepLeg, ticketAsItem } from './item.ts'
import { findPlace, mayGivePlaces, placeLeg } from './places.ts'
import { getTicket } from './read-tickets.ts'

/** A ticket somebody wants opened. */
export interface TicketWish {
  readonly customer: CustomerId
  readonly category: TicketCategory
  readonly subject: string
  readonly text: string
  readonly orders: readonly OrderId[]
  /** Attached: one’s own, ready, and attached nowhere else. */
  readonly files?: readonly FileId[]
  /** The same request again opens no second one. */
  readonly requestId: string
  readonly at: Date
}

/** Something a customer writes in a ticket. The same request again writes nothing. */
export interface Writing {
  readonly customer: CustomerId
  readonly ticket: TicketId
  readonly text: string
  readonly files?: readonly FileId[]
  readonly requestId: string
  readonly at: Date
}

interface OpenTickets {
  /** Refuses orders that are not the customer’s own, and more tickets than may wait at once. What nobody should keep is masked before it is written (P-COL-3). */
  open(wish: TicketWish, rules: SupportRules): Promise<Ticket>
}

/** For so long a request is known again. */
const requestSeconds = 2 * 86_400

export const openTickets = {
  allow: [
    ...mayKeepFiles,
    ...mayGivePlaces,
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['GetItem'], keys: ['TICKET#*', 'TICKET-REQUEST#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['COUNTER'] },
    { on: 'table', actions: ['PutItem'], keys: ['TICKET#*', 'MESSAGE#*', 'TICKET-REQUEST#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async open({ customer, category, subject, text, orders, files = [], requestId, at }, rules) {
      await ownOrders(customer, orders)
      const opened = await openedBy(customer, requestId)
      if (opened) return opened
      const due = category === 'privacy-request' ? { dueAt: dueAt(at, rules) } : {}
      for (;;) {
        const place = await findPlace(customer, due)
        if (place === undefined) return await openedMeanwhile(customer, requestId)
        const ticket: Ticket = {
          customerId: customer,
          ticketId: ticketId((await advance('tickets', 1)) - 1),
          category,
          subject: masked(subject),
          orderIds: orders,
          status: 'open',
          createdAt: at,
          changedAt: at,
          waitingSince: at,
          ...due,
          messages: 1,
          unread: 0,
          unreadByStaff: 1,
        }
        const refused = await transact({
          request: append({
            ...keys.ticketRequest(customer, requestId),
            ticketId: ticket.ticketId,
            expiresAt: epochSeconds(later(at, requestSeconds)),
          }),
          place: placeLeg(place, ticket),
          ticket: append(ticketAsItem(ticket)),
          message: append(messageAsItem(ticket, requestId, { at, author: 'customer', text: masked(text), ...attached(files) })),
          ...(await keepLegs(customer, files, 'attachment', `ticket ${ticket.ticketId}`)),
        })
        if (refused === undefined) return ticket
        refuseTaken(refused)
        const before = refused === 'request' ? await openedBy(customer, requestId) : undefined
        if (before) return before
        // Another ticket was faster: another place.
        if (refused === 'place') continue
        // The number is taken, as it can be after a restore: another one.
        if (refused !== 'ticket') throw new Error(`the ${refused} of a ticket exists without it`)
      }
    },
  }),
} satisfies Need<OpenTickets>

const requestItem = z.object({ ticketId: numberId(ticketId) })

async function openedBy(customer: CustomerId, requestId: string): Promise<Ticket | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.ticketRequest(customer, requestId), ConsistentRead: true }))
  return Item && getTicket(customer, requestItem.parse(Item).ticketId)
}

/** There is no place left: but the same request may have taken the last one. */
async function openedMeanwhile(customer: CustomerId, requestId: string): Promise<Ticket> {
  const before = await openedBy(customer, requestId)
  if (!before) throw new Refusal('too-many-tickets')
  return before
}

async function ownOrders(customer: CustomerId, orders: readonly OrderId[]): Promise<void> {
  const own = new Set((await getItems(orders.map((order) => keys.order(customer, order)))).map((item) => readOrder(item).orderId))
  const strange = orders.filter((order) => !own.has(order))
  if (strange.length > 0) throw new Refusal('order-not-found', { orders: strange.map(String) })
}

interface WriteInTickets {
  /** Opens a closed one again, within its time, and where its customer has a place for it. */
  write(writing: Writing): Promise<Ticket>
  close(customer: CustomerId, ticket: TicketId, at: Date): Promise<Ticket>
  /** The customer has seen the ticket up to this many messages. */
  see(customer: CustomerId, ticket: TicketId, messages: number): Promise<void>
}

export const writeInTickets = {
  allow: [
    ...mayKeepFiles,
    ...mayGivePlaces,
    { on: 'table', actions: ['GetItem'], keys: ['TICKET#*', 'MESSAGE#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['TICKET#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['MESSAGE#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async write({ customer, ticket: number, text, files = [], requestId, at }) {
      for (;;) {
        const ticket = await getTicket(customer, number)
        const step = goesOnBy(ticket, at)
        // Written before, its files are kept already.
        if (files.length > 0 && (await isWritten(ticket, requestId))) return ticket
        const place = step === 'reopen' ? await findPlace(customer, ticket) : undefined
        if (step === 'reopen' && !place) throw new Refusal('too-many-tickets')
        const refused = await transact({
          message: append(messageAsItem(ticket, requestId, { at, author: 'customer', text: masked(text), ...attached(files) })),
          ticket: stepLeg(ticket, step, at, { adds: 'unreadByStaff' }),
          ...(place ? { place: placeLeg(place, ticket) } : {}),
          ...(await keepLegs(customer, files, 'attachment', `ticket ${number}`)),
        })
        if (refused) refuseTaken(refused)
        // Written before; or somebody closed or opened it, or took its place, in between: looked at anew.
        if (refused !== 'ticket' && refused !== 'place') return getTicket(customer, number)
      }
    },
    async close(customer, number, at) {
      const ticket = await getTicket(customer, number)
      if (ticket.status === 'closed') return ticket
      await transact({ ticket: stepLeg(ticket, 'close', at) })
      return getTicket(customer, number)
    },
    async see(customer, ticket, messages) {
      await markSeen(customer, ticket, messages, 'unread')
    },
  }),
} satisfies Need<WriteInTickets>

export const attached = (files: readonly FileId[]) => (files.length > 0 ? { files: [...new Set(files)] } : {})

/** Attached elsewhere at the same moment, or discarded. */
export function refuseTaken(leg: string): void {
  if (leg.startsWith('file ') || leg.startsWith('due ')) throw new Refusal('file-not-ready')
}

export async function isWritten({ customerId, ticketId }: Ticket, requestId: string): Promise<boolean> {
  const { db, name: TableName } = table()
  const Key = keys.ticketMessage(customerId, ticketId, requestId)
  return (await db.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item !== undefined
}

function goesOnBy(ticket: Ticket, at: Date): TicketStep {
  if (ticket.messages >= mostMessages) throw new Refusal('ticket-full')
  if (ticket.status !== 'closed') return 'ask'
  if (ticket.closedAt === undefined || reopensUntil(ticket.closedAt) < at) throw new Refusal('ticket-closed')
  return 'reopen'
}

/** What came since stays unread. */
export async function markSeen(
  customer: CustomerId,
  ticket: TicketId,
  messages: number,
  side: 'unread' | 'unreadByStaff',
): Promise<void> {
  const { db, name: TableName } = table()
  const seen = new UpdateCommand({
    TableName,
    Key: keys.ticket(customer, ticket),
    UpdateExpression: 'SET #side = :none',
    ConditionExpression: 'messages = :messages AND #side > :none',
    ExpressionAttributeNames: { '#side': side },
    ExpressionAttributeValues: { ':none': 0, ':messages': messages },
  })
  await ifItHolds(() => db.send(seen))
}
