import type { TicketStatus } from '../../../core/tickets/states.ts'
import type { TicketCategory } from '../../../core/tickets/ticket.ts'

export const categoryWords: Readonly<Record<TicketCategory, string>> = {
  order: 'An order',
  payment: 'A payment',
  cancel: 'Cancel an order',
  refill: 'Refill an order',
  'speed-up': 'Speed an order up',
  'privacy-request': 'Privacy request',
  other: 'Something else',
}

export const categories: readonly TicketCategory[] = Object.keys(categoryWords).filter(
  (name): name is TicketCategory => name in categoryWords,
)

interface StatusWords {
  readonly word: string
  readonly tone: 'quiet' | 'moving' | 'good' | 'warn'
}

/** Whose turn it is, as the customer reads it, and as staff do. */
export const statusWords: Readonly<Record<TicketStatus, { readonly customer: StatusWords; readonly staff: StatusWords }>> = {
  open: { customer: { word: 'With support', tone: 'moving' }, staff: { word: 'Open', tone: 'warn' } },
  answered: { customer: { word: 'Answered', tone: 'good' }, staff: { word: 'Answered', tone: 'good' } },
  waiting: {
    customer: { word: 'Support is looking into it', tone: 'moving' },
    staff: { word: 'Waiting for somebody else', tone: 'moving' },
  },
  closed: { customer: { word: 'Closed', tone: 'quiet' }, staff: { word: 'Closed', tone: 'quiet' } },
}
