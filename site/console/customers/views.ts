/** What there is to see of a customer, each under its own address. */
export const views = ['statement', 'orders', 'tickets', 'sessions', 'sign-ins', 'keys', 'notes', 'data', 'disclosures'] as const
export type View = (typeof views)[number]

export const viewWords: Readonly<Record<View, string>> = {
  statement: 'Statement',
  orders: 'Orders',
  tickets: 'Tickets',
  sessions: 'Sessions',
  'sign-ins': 'Sign-ins',
  keys: 'API keys',
  notes: 'Notes',
  data: 'Their data',
  disclosures: 'Authorities',
}
