import type { OrderId, StaffId } from '../ids.ts'
import type { Money } from '../money.ts'

/** Why money moved. */
export const entryKinds = ['order', 'refund', 'credit', 'debit', 'given-up'] as const
export type EntryKind = (typeof entryKinds)[number]

/** One movement in a customer's ledger (P-USE-1): written once, never changed. */
export interface Entry {
  readonly at: Date
  readonly kind: EntryKind
  /**
   * What happened, in a form that is the same however often it is told: `order 23501`, `refund of order 23501 up to
   * remains 157`. No two entries of a wallet share one.
   */
  readonly cause: string
  /** The change of available + held − debt: negative for money out. */
  readonly amount: Money
  readonly orderId?: OrderId | undefined
  /** Staff's reason, which the customer reads too. */
  readonly memo?: string | undefined
  readonly by?: StaffId | undefined
  /** The second person, where one was needed. */
  readonly agreedBy?: StaffId | undefined
}

/** The natural keys of movements: a replay of the same fact has the same key, and changes nothing. */
export const causes = {
  order: (orderId: OrderId): string => `order ${orderId}`,
  refund: (orderId: OrderId, remains: number): string => `${causes.refundsOf(orderId)}${remains}`,
  /** What the natural keys of all refunds of an order begin with. */
  refundsOf: (orderId: OrderId): string => `refund of order ${orderId} up to remains `,
  /** Of a balance that was left when the account was closed. */
  givenUp: (closedAt: string): string => `given up ${closedAt}`,
  staff: (kind: 'credit' | 'debit', requestId: string): string => `${kind} ${requestId}`,
} as const
