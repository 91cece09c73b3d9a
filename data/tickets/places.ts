import * as z from 'zod/mini'
import { type CustomerId, type TicketId, ticketId } from '../../core/ids.ts'
import type { Grant } from '../../core/need.ts'
import { isBeforeStaff } from '../../core/tickets/states.ts'
import { mostPrivacyRequests, mostWaiting, type Ticket } from '../../core/tickets/ticket.ts'
import { getItems } from '../get-items.ts'
import { keys } from '../keys.ts'
import { queryAll } from '../query.ts'
import { integer, numberId } from '../read.ts'
import type { NamedLeg } from '../transact.ts'
import { readTicketItem } from './item.ts'

/** What it takes to give a ticket one of its customer’s places before staff. */
export const mayGivePlaces = [
  { on: 'table', actions: ['Query'], keys: ['TICKET-PLACE#*'] },
  { on: 'table', actions: ['PutItem'], keys: ['TICKET-PLACE#*'], onlyIn: 'TransactWriteItems' },
  { on: 'table', actions: ['BatchGetItem'], keys: ['TICKET#*'] },
] as const satisfies readonly Grant[]

/** A place that a ticket may take, and how often it was taken before. */
interface FreePlace {
  readonly place: string
  readonly takes: number
}

const placeItem = z.object({ sk: z.string(), ticketId: numberId(ticketId), takes: integer })

/**
 * A place that is free for a ticket; undefined where its customer has none. One is free that was never taken, or whose ticket
 * was seen to be before staff no more: nothing has to let it go. A ticket that is opened again takes the one it had, if it still has it.
 */
export async function findPlace(
  customer: CustomerId,
  { ticketId, dueAt }: Pick<Ticket, 'dueAt'> & Partial<Pick<Ticket, 'ticketId'>>,
): Promise<FreePlace | undefined> {
  const [kind, most] = dueAt ? ['request', mostPrivacyRequests] : ['ticket', mostWaiting]
  const taken = new Map<string, z.output<typeof placeItem>>()
  const items = queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.ticketPlace(customer, '').pk },
    ConsistentRead: true,
  })
  for await (const item of items) {
    const place = placeItem.parse(item)
    taken.set(place.sk, place)
  }
  const tickets = await getItems(
    [...taken.values()].map((one) => keys.ticket(customer, one.ticketId)),
    { consistent: true },
  )
  const waiting = new Set<TicketId>(
    tickets
      .map(readTicketItem)
      .filter(({ status, dueAt }) => isBeforeStaff(status, dueAt))
      .map(({ ticketId }) => ticketId),
  )
  const all = Array.from({ length: most }, (_, nth) => `${kind} ${nth}`)
  const own = all.find((place) => ticketId !== undefined && taken.get(place)?.ticketId === ticketId)
  const free = all.filter((one) => !isHeld(taken.get(one)?.ticketId, waiting))
  // Any of them: those who open several at once do not all want the same one.
  const place = own ?? free[Math.floor(Math.random() * free.length)]
  return place === undefined ? undefined : { place, takes: taken.get(place)?.takes ?? 0 }
}

const isHeld = (ticket: TicketId | undefined, waiting: ReadonlySet<TicketId>): boolean =>
  ticket !== undefined && waiting.has(ticket)

/** Takes a place that was seen free; refused where another ticket was faster. */
export const placeLeg = (
  { place, takes }: FreePlace,
  { customerId, ticketId }: Pick<Ticket, 'customerId' | 'ticketId'>,
): NamedLeg => ({
  Put: {
    Item: { ...keys.ticketPlace(customerId, place), ticketId, takes: takes + 1 },
    ...(takes === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : { ConditionExpression: 'takes = :seen', ExpressionAttributeValues: { ':seen': takes } }),
  },
})
