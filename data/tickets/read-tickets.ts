import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, type TicketId, ticketId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import type { Ticket, TicketMessage, TicketNote } from '../../core/tickets/ticket.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { keys, padded } from '../keys.ts'
import { queryAll } from '../query.ts'
import { table } from '../table.ts'
import { readMessage, readNote, readTicketItem } from './item.ts'

interface ReadTickets {
  /** Refuses one that this customer has not. */
  get(customer: CustomerId, ticket: TicketId): Promise<Ticket>
  /** What was written in it, oldest first. */
  messages(customer: CustomerId, ticket: TicketId): Promise<TicketMessage[]>
  /** Newest first. */
  page(customer: CustomerId, cursor: string | undefined, limit: number): Promise<TicketPage>
}

export interface TicketPage {
  readonly tickets: readonly Ticket[]
  readonly cursor: string | undefined
}

export const readTickets = {
  allow: [
    { on: 'table', actions: ['GetItem', 'Query'], keys: ['TICKET#*'] },
    { on: 'table', actions: ['Query'], keys: ['MESSAGE#*'] },
  ],
  open: () => ({
    get: getTicket,
    messages: async (customer, ticket) =>
      (await written(keys.ticketMessage(customer, ticket, '').pk, ticket)).map(readMessage).toSorted(byTime),
    async page(customer, cursor, limit) {
      const { db, name: TableName } = table()
      const { pk } = keys.ticket(customer, ticketId(0))
      const from = cursor === undefined ? undefined : readCursor(place, cursor).below
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
          ScanIndexForward: false,
          ConsistentRead: true,
          Limit: limit + 1,
          ...(from === undefined ? {} : { ExclusiveStartKey: { pk, sk: from } }),
        }),
      )
      const tickets = Items.slice(0, limit).map(readTicketItem)
      const last = tickets.at(-1)
      return { tickets, cursor: Items.length > limit && last ? writeCursor({ below: padded(last.ticketId) }) : undefined }
    },
  }),
} satisfies Need<ReadTickets>

const place = z.object({ below: z.string().check(z.regex(/^\d{10}$/)) })

export async function getTicket(customer: CustomerId, ticket: TicketId): Promise<Ticket> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.ticket(customer, ticket), ConsistentRead: true }))
  if (!Item) throw new Refusal('ticket-not-found')
  return readTicketItem(Item)
}

interface FindTickets {
  /** Refuses one that this customer has not. */
  get(customer: CustomerId, ticket: TicketId): Promise<Ticket>
}

/** What was said in it is not read by this. */
export const findTickets = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['TICKET#*'] }],
  open: () => ({ get: getTicket }),
} satisfies Need<FindTickets>

interface ReadTicketNotes {
  /** What staff noted on it, oldest first. */
  of(customer: CustomerId, ticket: TicketId): Promise<TicketNote[]>
}

export const readTicketNotes = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['TICKET-NOTE#*'] }],
  open: () => ({
    of: async (customer, ticket) =>
      (await written(keys.ticketNote(customer, ticket, '').pk, ticket)).map(readNote).toSorted(byTime),
  }),
} satisfies Need<ReadTicketNotes>

async function written(pk: string, ticket: TicketId): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = []
  for await (const item of queryAll({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :ticket)',
    ExpressionAttributeValues: { ':pk': pk, ':ticket': `${padded(ticket)} ` },
    ConsistentRead: true,
  }))
    found.push(item)
  return found
}

const byTime = (one: { readonly at: Date }, other: { readonly at: Date }): number => one.at.getTime() - other.at.getTime()
