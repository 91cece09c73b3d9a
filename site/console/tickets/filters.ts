import type { TicketCategory } from '../../../core/tickets/ticket.ts'
import { categories } from '../../shared/tickets/words.ts'

export const shows = ['all', 'mine', 'unassigned'] as const
export type Show = (typeof shows)[number]

/** Which of the waiting tickets are looked at, as it stands in the address. */
export interface TicketFilters {
  readonly show?: Exclude<Show, 'all'>
  readonly category?: TicketCategory
  readonly late?: 'yes'
}

export function readTicketFilters(search: Readonly<Record<string, unknown>>): TicketFilters {
  const show = shows.find((one) => one !== 'all' && one === search['show'])
  const category = categories.find((one) => one === search['category'])
  return {
    ...(show && show !== 'all' ? { show } : {}),
    ...(category ? { category } : {}),
    ...(search['late'] === 'yes' ? { late: 'yes' } : {}),
  }
}
