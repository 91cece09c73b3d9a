import type { CustomerId, TicketId } from '../../core/ids.ts'
import type { Grant } from '../../core/need.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { iso } from '../../core/time.ts'
import { mayAudit } from '../audit.ts'
import { keys } from '../keys.ts'
import { getTicket } from '../tickets/read-tickets.ts'
import { append, type NamedLeg } from '../transact.ts'

/** What staff do about a customer's own data because that customer asked them to (P-RT-1). */
export interface Asked {
  readonly audit: AuditRecord
  /** Where it was asked, and what colleagues read there of it. */
  readonly ticket?: { readonly ticketId: TicketId; readonly note: string } | undefined
}

export const mayNoteAsked = [
  { on: 'table', actions: ['GetItem'], keys: ['TICKET#*'] },
  { on: 'table', actions: ['PutItem'], keys: ['TICKET-NOTE#*'], onlyIn: 'TransactWriteItems' },
  ...mayAudit,
] as const satisfies readonly Grant[]

/** The note in the ticket, to be written with the rest. Refuses a ticket that is not the customer's. */
export async function askedLegs(
  customer: CustomerId,
  { audit, ticket }: Asked,
  now: Date,
): Promise<Partial<Record<'note', NamedLeg>>> {
  if (!ticket) return {}
  const { ticketId } = await getTicket(customer, ticket.ticketId)
  const key = keys.ticketNote(customer, ticketId, `${audit.action} ${iso(now)}`)
  return { note: append({ ...key, at: iso(now), by: audit.by, text: ticket.note }) }
}
