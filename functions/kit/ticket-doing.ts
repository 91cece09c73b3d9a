import { type CustomerId, customerId, type StaffId, type TicketId } from '../../core/ids.ts'
import type { AuditRecord, Facts } from '../../core/staff/audit.ts'
import { ticketNumber } from './ticket-number.ts'

interface Doing {
  readonly customer: CustomerId
  readonly ticket: TicketId
  readonly by: StaffId
  readonly audit: AuditRecord
  readonly at: Date
}

/** What staff do to a ticket, with the record of it. */
export function doing(
  action: string,
  { staffId: by }: { readonly staffId: StaffId },
  path: { readonly customerId: string; readonly ticketId: string },
  at: Date,
  after?: Facts,
): Doing {
  const [customer, ticket] = [customerId(path.customerId), ticketNumber(path.ticketId)]
  return { customer, ticket, by, at, audit: { by, action, on: `customer ${customer}, ticket ${ticket}`, after } }
}
