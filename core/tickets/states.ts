import { later } from '../time.ts'

/** Whose turn it is: `open` staff’s, `answered` the customer’s, `waiting` somebody else’s (a provider’s, say); `closed` nobody’s. */
export const ticketStatuses = ['open', 'answered', 'waiting', 'closed'] as const
export type TicketStatus = (typeof ticketStatuses)[number]

interface Step {
  readonly from: readonly TicketStatus[]
  readonly to: TicketStatus
}

const unclosed: readonly TicketStatus[] = ['open', 'answered', 'waiting']

/** Every change of a ticket’s status there is. The conditions of the writes are printed from this table. */
export const ticketSteps = {
  /** The customer writes on. */
  ask: { from: unclosed, to: 'open' },
  /** Staff write. */
  answer: { from: unclosed, to: 'answered' },
  /** Staff wait for somebody else. */
  hold: { from: ['open', 'answered'], to: 'waiting' },
  /** Staff go on with it. */
  takeUp: { from: ['answered', 'waiting'], to: 'open' },
  close: { from: unclosed, to: 'closed' },
  reopen: { from: ['closed'], to: 'open' },
} as const satisfies Record<string, Step>
export type TicketStep = keyof typeof ticketSteps

/** Whether it stands before staff: until it is answered, and a privacy request (with a due date) until it is closed. */
export const isBeforeStaff = (status: TicketStatus, dueAt: Date | undefined): boolean =>
  status === 'open' || status === 'waiting' || (status === 'answered' && dueAt !== undefined)

/** Steps that staff take without a word to the customer. */
export const staffSteps = ['hold', 'takeUp', 'close', 'reopen'] as const satisfies readonly TicketStep[]
export type StaffStep = (typeof staffSteps)[number]

/** Those of them that are lawful now. */
export const staffMay = (status: TicketStatus): StaffStep[] =>
  staffSteps.filter((name) => ticketSteps[name].from.some((from) => from === status))

/** For so long the customer can open a closed ticket again; after it another one is opened. */
export const reopenDays = 14
export const reopensUntil = (closedAt: Date): Date => later(closedAt, reopenDays * 86_400)
