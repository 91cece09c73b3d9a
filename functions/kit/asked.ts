import * as z from 'zod/mini'
import { type CustomerId, type StaffId, type TicketId, ticketId } from '../../core/ids.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'

/** The ticket in which a customer asked for something about their own data. */
export const askedIn = z.optional(z.int().check(z.minimum(1)))

interface Asked {
  readonly audit: AuditRecord
  readonly ticket?: { readonly ticketId: TicketId; readonly note: string }
}

/** What staff do in a customer's name, as it goes on record and, where it was asked in one, into the ticket. */
export function asked(
  action: string,
  { staffId: by }: { readonly staffId: StaffId },
  id: CustomerId,
  { memo: why, ticketId: ticket }: { readonly memo: string; readonly ticketId?: number | undefined },
  note: string,
): Asked {
  const on = ticket === undefined ? `customer ${id}` : `customer ${id}, ticket ${ticket}`
  return {
    audit: { by, action, on, why },
    ...(ticket === undefined ? {} : { ticket: { ticketId: ticketId(ticket), note } }),
  }
}
