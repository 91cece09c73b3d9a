/** What there is to see of a customer, each under its own address. */
export const views = ['statement', 'orders', 'tickets', 'sessions', 'keys', 'notes', 'disclosures'] as const
export type View = (typeof views)[number]

export const viewWords: Readonly<Record<View, string>> = {
  statement: 'Statement',
  orders: 'Orders',
  tickets: 'Tickets',
  sessions: 'Sessions',
  keys: 'API keys',
  notes: 'Notes',
  disclosures: 'Authorities',
}
