import { serviceTypeRule } from '../catalogue/service-types.ts'
import { type Money, minus, shareOf, zero } from '../money.ts'
import type { Order, OrderReason } from './order.ts'
import { isAtProvider, type OrderState, type TransitionName } from './states.ts'

/** What staff can do about an order that hangs. */
export const settlings = ['confirm', 'send-again', 'completed', 'partial', 'canceled', 'leave'] as const
export type Settling = (typeof settlings)[number]

/**
 * What staff can do about this order: everything where it is unknown what came of one of the times it was sent; where it is
 * parked without having been sent, only what needs no knowledge; where its provider said something that no machine acts on, what that may mean. Nothing for any other order.
 */
export const waysToSettle = (order: Pick<Order, 'state' | 'reason' | 'type' | 'sentAgain'>): readonly Settling[] =>
  ways(order).filter((way) => way !== 'partial' || !isOnePackage(order))

/** Runs that wait go on by themselves, and what is left of them is canceled in its own way. */
const ofWaitingRuns: readonly OrderReason[] = ['service-not-sold', 'account-suspended']

/** Whether its provider may have it, from this time or from one before, without the panel knowing. */
export const mayBeThere = ({ state, sentAgain }: Pick<Order, 'state' | 'sentAgain'>): boolean =>
  state === 'unknown' || (state === 'parked' && sentAgain === true)

function ways(order: Pick<Order, 'state' | 'reason' | 'sentAgain'>): readonly Settling[] {
  const { state, reason } = order
  if (mayBeThere(order)) return ['confirm', 'send-again', 'completed', 'partial', 'canceled']
  if (state === 'parked') return ['send-again', 'canceled']
  if (reason === undefined || ofWaitingRuns.includes(reason)) return []
  if (state === 'completed' || state === 'partial') return ['partial', 'canceled', 'leave']
  if (!isAtProvider(state)) return []
  // What the provider does not find comes back before staff with its next answer: leaving it would settle nothing.
  if (reason !== 'not-found-at-provider') return ['completed', 'partial', 'canceled', 'leave']
  return [...(state === 'pending' ? (['confirm'] as const) : []), 'completed', 'partial', 'canceled']
}

/** An order as staff saw it when they decided. */
export interface Seen {
  readonly state: OrderState
  readonly reason?: OrderReason | undefined
  readonly changedAt: string
}

/** Whether it still stands as it was seen. At its provider it may have got on meanwhile, which changes nothing of the question. */
export const isAsSeen = (order: Order, seen: Seen): boolean =>
  order.state === seen.state &&
  order.reason === seen.reason &&
  (isAtProvider(order.state) || order.changedAt.toISOString() === seen.changedAt)

/** How staff settle what becomes of the money. */
export interface Outcome {
  readonly transition: TransitionName
  readonly remains: number
  /** What goes back now: what is owed for `remains` less what went back before. */
  readonly refund: Money
}

/** What an order settled so comes to; undefined for what it cannot be. Of a part, `remains` says how much was not delivered. */
export function outcomeOf(order: Order, as: 'completed' | 'partial' | 'canceled', remains = order.quantity): Outcome | undefined {
  if (!waysToSettle(order).includes(as)) return undefined
  const left = as === 'completed' ? 0 : as === 'canceled' ? order.quantity : remains
  const isPart = Number.isInteger(left) && left >= 1 && left <= order.quantity
  if (as === 'partial' && !isPart) return undefined
  const owed = shareOf(order.charge, left, order.quantity)
  if (owed < order.refunded) return undefined
  return { transition: transitionTo[as](order), remains: left, refund: left === 0 ? zero : minus(owed, order.refunded) }
}

const transitionTo: Readonly<Record<'completed' | 'partial' | 'canceled', (order: Order) => TransitionName>> = {
  completed: (order) => (mayBeThere(order) ? 'settleDone' : 'complete'),
  partial: (order) => (mayBeThere(order) ? 'settlePart' : 'endPartial'),
  canceled: (order) => (mayBeThere(order) ? 'settleNone' : order.state === 'parked' ? 'withdraw' : 'cancel'),
}

/** A package is one thing to the panel: how much of it there is, nothing says. */
const isOnePackage = ({ type }: Pick<Order, 'type'>): boolean => serviceTypeRule(type).charged === 'one package'
