import { type Exchange, quotedFrom } from '../catalogue/exchange.ts'
import { type Money, money, rate } from '../money.ts'
import { later } from '../time.ts'
import type { Order } from './order.ts'

/** How long a parked order waits before it is tried again without anything having changed. */
const retrySeconds = 600
/** What is parked for longer needs a person: its customer has waited for a day. */
const staffAfterSeconds = 86_400

/** Up to when an order must have been accepted to be before staff, if it is still parked. */
export const stuckSince = (now: Date): Date => later(now, -staffAfterSeconds)

/** What an order needs of its provider's balance at most: nothing is sold below its cost. In the provider's own currency. */
export const needOf = ({ charge }: Order, exchange: Exchange): Money => money(quotedFrom(rate(charge), exchange) ?? charge)

/** What a provider last told of its balance. */
export interface Told {
  readonly amount: Money
  readonly at: Date
}

/** Whether an order of ours for the same target is under way at the same provider, or came to its end. */
export type Earlier = { readonly state: 'open' } | { readonly state: 'over'; readonly at: Date } | { readonly state: 'none' }

export const hasWaited = (order: Order, now: Date): boolean => order.changedAt < later(now, -retrySeconds)

/** Whether the balance was told since the order was parked: what was told before says nothing about it. */
export const isToldSince = (order: Order, told: Told | undefined): told is Told => told !== undefined && told.at > order.changedAt

/** Whether a link that the provider was busy with may be free. What hangs on somebody else's order is tried for a day. */
export function mayBeFree(order: Order, earlier: Earlier, now: Date): boolean {
  switch (earlier.state) {
    case 'open':
      return false
    case 'over':
      return earlier.at > order.changedAt || (hasWaited(order, now) && order.acceptedAt > stuckSince(now))
    case 'none':
      return hasWaited(order, now) && order.acceptedAt > stuckSince(now)
  }
}
