import type { StatusReport } from '../orders/heard.ts'

const known: Readonly<Record<string, NonNullable<StatusReport['status']>>> = {
  pending: 'pending',
  awaiting: 'pending',
  'in progress': 'in-progress',
  inprogress: 'in-progress',
  active: 'in-progress',
  processing: 'processing',
  completed: 'completed',
  complete: 'completed',
  partial: 'partial',
  canceled: 'canceled',
  cancelled: 'canceled',
  refunded: 'canceled',
}

/**
 * A provider's word for where an order stands. Undefined for `Fail`, `Error`, `Paused`, `Expired` and all else: what they
 * mean for the money differs from panel to panel, so they change nothing and go before staff.
 */
export const readStatus = (word: string): StatusReport['status'] =>
  known[
    word
      .trim()
      .toLowerCase()
      .replaceAll(/[\s_-]+/g, ' ')
  ]
