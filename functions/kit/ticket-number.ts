import { shortInteger, type TicketId, ticketId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'

/** A ticket’s number as it stands in an address; what cannot be one is none of anybody’s. */
export function ticketNumber(text: string): TicketId {
  const number = shortInteger(text)
  if (number === undefined) throw new Refusal('ticket-not-found')
  return ticketId(number)
}
