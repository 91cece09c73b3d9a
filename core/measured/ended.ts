import type { OrderId } from '../ids.ts'
import { historyOf } from '../orders/history.ts'
import type { Order } from '../orders/order.ts'
import { isAtProvider } from '../orders/states.ts'

/** How an order ended. `refused`: nobody took it. */
export const outcomes = ['completed', 'partial', 'canceled', 'refused'] as const
export type Outcome = (typeof outcomes)[number]

/** An order that ended, as much of it as is measured: nothing of whose it was, or for what. */
export interface Ended {
  readonly orderId: OrderId
  readonly outcome: Outcome
  readonly at: Date
  /** From when it was accepted until it ended so. */
  readonly seconds: number
  readonly quantity: number
}

/**
 * Undefined for an order that is not over, and for one that says nothing of its service: called off before it was sent, or
 * spread over runs, which takes as long as its customer wished.
 */
export function endedAs(order: Order & { readonly runs?: number | undefined }): Ended | undefined {
  const outcome = outcomes.find((one) => one === order.state)
  const { steps } = historyOf(order)
  // What people of ours deliver has no number at a provider.
  const wasSent = order.providerOrderId !== undefined || steps.some(({ state }) => isAtProvider(state))
  if (!outcome || (outcome === 'canceled' && !wasSent) || order.runs !== undefined) return undefined
  // Not when it was last touched: a refill or a note comes later.
  const at = steps.findLast(({ state }) => state === outcome)?.at ?? order.changedAt
  const seconds = Math.max(0, Math.round((at.getTime() - order.acceptedAt.getTime()) / 1000))
  return { orderId: order.orderId, outcome, at, seconds, quantity: order.quantity }
}

/** What is known already and what was seen now: each order once, as seen last; the newest `most`, none from before `since`. */
export function remembered(known: readonly Ended[], seen: readonly Ended[], most: number, since: Date): Ended[] {
  const each = new Map([...known, ...seen].map((ended) => [ended.orderId, ended]))
  return [...each.values()]
    .filter(({ at }) => at >= since)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime() || b.orderId - a.orderId)
    .slice(0, most)
}
