import { type Exchange, inLedger } from '../catalogue/exchange.ts'
import type { Fallback } from '../catalogue/service.ts'
import { serviceTypeRule } from '../catalogue/service-types.ts'
import { type Money, minus, money, priceOf } from '../money.ts'
import type { Order } from './order.ts'

/** What an order costs at a fallback, in the ledger currency. Rounds up. */
function costOf({ type, quantity }: Order, { quoted }: Fallback, exchange: Exchange): Money {
  const cost = inLedger(quoted, exchange)
  return serviceTypeRule(type).charged === 'one package' ? money(cost) : priceOf(cost, quantity)
}

/**
 * Whether a fallback takes an order of this size, for no more than was paid for it. What its provider was to deliver in runs
 * goes to no other: of that one nobody knows whether it does.
 */
export function mayTake(fallback: Fallback, order: Order, exchange: Exchange): boolean {
  if (order.runs !== undefined) return false
  const isPackage = serviceTypeRule(order.type).charged === 'one package'
  const fits = isPackage || (fallback.min <= order.quantity && order.quantity <= fallback.max)
  return fits && costOf(order, fallback, exchange) <= minus(order.charge, order.refunded)
}
