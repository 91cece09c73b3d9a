import type { OrderId, ProviderId, ProviderOrderId, ProviderRefillId, RefillId } from '../ids.ts'
import { later } from '../time.ts'
import type { Order } from './order.ts'
import type { AskedOf, RequestReason } from './request.ts'

/**
 * A refill's life: `pending → sending → submitted → in-progress → completed | rejected | error` where the provider does it;
 * where staff do, it is `pending` until they take it up.
 */
export const refillStates = ['pending', 'sending', 'submitted', 'in-progress', 'completed', 'rejected', 'error'] as const
export type RefillState = (typeof refillStates)[number]

/** Something to be made good on an order that was completed and lost some of it again. */
export interface Refill {
  readonly refillId: RefillId
  readonly orderId: OrderId
  readonly customerId: Order['customerId']
  /** Which of the order's refills it is, from 1. */
  readonly nth: number
  readonly state: RefillState
  readonly askedOf: AskedOf
  readonly askedAt: Date
  readonly changedAt: Date
  readonly providerId: ProviderId
  readonly providerOrderId?: ProviderOrderId | undefined
  readonly providerRefillId?: ProviderRefillId | undefined
  readonly attempt?: Order['attempt']
  readonly leaseUntil?: Date | undefined
  /** Why it is before staff, or was turned down. */
  readonly reason?: RequestReason | undefined
  /** The provider's own words: for staff alone. */
  readonly said?: string | undefined
  /** What staff tell the customer of it. */
  readonly memo?: string | undefined
}

const working: readonly RefillState[] = ['submitted', 'in-progress']

/** Every change of state there is. The condition of the write is printed from this table. */
export const refillMoves = {
  /** A worker takes it in hand: from here on it may have been sent. */
  claim: { from: ['pending'], to: 'sending' },
  /** The provider named its refill. A worker that was given up for lost may still bring this news. */
  sent: { from: ['sending', 'pending'], to: 'submitted' },
  /** Nothing left this machine: try again later. */
  release: { from: ['sending'], to: 'pending' },
  /** A machine cannot go on with it: to staff. */
  hand: { from: ['pending', 'sending', ...working], to: 'pending' },
  start: { from: ['pending', ...working], to: 'in-progress' },
  complete: { from: ['pending', ...working], to: 'completed' },
  reject: { from: ['pending', 'sending', ...working], to: 'rejected' },
  fail: { from: working, to: 'error' },
  /** Staff have looked, and have it sent. */
  resend: { from: ['pending'], to: 'pending' },
} as const satisfies Record<string, { readonly from: readonly RefillState[]; readonly to: RefillState }>
export type RefillMove = keyof typeof refillMoves

/** After this long without news a refill that its provider has is not asked about any more: a person has to see to it. */
const endlessDays = 14
/** Up to when something must have changed of a refill to be before staff, if its provider still has it. */
export const endlessSince = (now: Date): Date => later(now, -endlessDays * 86_400)

export const isOverRefill = (state: RefillState): boolean => ['completed', 'rejected', 'error'].includes(state)

/** Whether nobody outside has it, nor is just being told of it: then it can be ended without a doubt. */
export const waitsHere = ({ state, askedOf }: Pick<Refill, 'state' | 'askedOf'>): boolean =>
  state === 'pending' || (state === 'in-progress' && askedOf === 'staff')

/** The five words that are said to a reseller. */
export function refillWord(state: RefillState): 'Pending' | 'In progress' | 'Completed' | 'Rejected' | 'Error' {
  switch (state) {
    case 'pending':
    case 'sending':
    case 'submitted':
      return 'Pending'
    case 'in-progress':
      return 'In progress'
    case 'completed':
      return 'Completed'
    case 'rejected':
      return 'Rejected'
    case 'error':
      return 'Error'
  }
}

/** How long after one refill was asked for the next may be. */
export const refillPauseSeconds = 24 * 3600

/** Why an order is not refilled now. */
export const whyNoRefill = ['not-offered', 'not-completed', 'given-back', 'too-late', 'open', 'too-soon', 'target-blocked'] as const

/** Whether an order may be refilled now; if not, why, and when it may be, if it ever may. */
export type MayRefill =
  | { readonly may: true; readonly until: Date }
  | { readonly may: false; readonly because: (typeof whyNoRefill)[number]; readonly opensAt?: Date }

/**
 * What was promised when the order was placed holds, and what its service promises by now where that is more. `last` is the
 * newest of the order's refills.
 */
export function mayRefill(
  order: Pick<Order, 'state' | 'changedAt' | 'refunded' | 'refillDays' | 'feed'>,
  service: { readonly refillDays: number } | undefined,
  last: Pick<Refill, 'state' | 'askedAt'> | undefined,
  now: Date,
): MayRefill {
  const days = Math.max(order.refillDays ?? 0, service?.refillDays ?? 0)
  // Of an order in runs, each run is refilled by itself.
  if (days === 0 || order.feed) return { may: false, because: 'not-offered' }
  if (order.refunded > 0n || order.state === 'partial' || order.state === 'canceled' || order.state === 'refused')
    return { may: false, because: 'given-back' }
  if (order.state !== 'completed') return { may: false, because: 'not-completed' }
  // Completed is the last thing that changed where an order stands.
  const until = later(order.changedAt, days * 86_400)
  if (last && !isOverRefill(last.state)) return { may: false, because: 'open' }
  if (now > until) return { may: false, because: 'too-late' }
  const opensAt = last && later(last.askedAt, refillPauseSeconds)
  if (opensAt && opensAt > until) return { may: false, because: 'too-late' }
  if (opensAt && opensAt > now) return { may: false, because: 'too-soon', opensAt }
  return { may: true, until }
}
