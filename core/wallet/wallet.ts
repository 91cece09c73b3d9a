import type { CustomerId } from '../ids.ts'
import { type Money, minus, money, smaller } from '../money.ts'

/**
 * What a customer has. None of the three is ever below zero, and the entries of a wallet always add up to
 * available + held − debt.
 */
export interface Wallet {
  readonly customerId: CustomerId
  /** Can be spent. */
  readonly available: Money
  /** Is the customer's, and cannot be spent while something is being cleared up. */
  readonly held: Money
  /** Is owed by the customer: a dispute took back more than was left. */
  readonly debt: Money
  /** False while the account is suspended: nothing is charged. */
  readonly active: boolean
  /** The latest version of the policy that was accepted; 0 for none that is known. */
  readonly accepted?: number
  /** How many movements there were: two readings with the same number saw the same wallet. */
  readonly movements: number
}

export const total = (wallet: Wallet): Money => money(wallet.available + wallet.held - wallet.debt)

/** How money coming in is split: it pays a debt first. */
export function received(wallet: Pick<Wallet, 'debt'>, amount: Money): { readonly available: Money; readonly debt: Money } {
  const paid = smaller(wallet.debt, amount)
  return { available: minus(amount, paid), debt: paid }
}
