import type { OrderId, ProviderId } from '../ids.ts'
import { later } from '../time.ts'
import type { Order } from './order.ts'
import type { AskedOf, RequestReason } from './request.ts'
import type { Feed } from './runs.ts'
import { isAtProvider } from './states.ts'

/**
 * A wish to cancel an order that may be at its provider. `taken` moves no money: that comes back when the provider reports
 * Canceled or Partial. `over`: the order ended, or was withdrawn, before anybody was asked.
 */
export const cancelStates = ['pending', 'sending', 'taken', 'refused', 'over'] as const
export type CancelState = (typeof cancelStates)[number]

export interface CancelRequest {
  readonly orderId: OrderId
  readonly customerId: Order['customerId']
  readonly state: CancelState
  readonly askedOf: AskedOf
  readonly askedAt: Date
  readonly changedAt: Date
  readonly providerId: ProviderId
  readonly attempt?: Order['attempt']
  readonly leaseUntil?: Date | undefined
  readonly reason?: RequestReason | undefined
  /** The provider's own words: for staff alone. */
  readonly said?: string | undefined
  /** What staff tell the customer of it. */
  readonly memo?: string | undefined
}

/** Every change of state there is. The condition of the write is printed from this table. */
export const cancelMoves = {
  claim: { from: ['pending'], to: 'sending' },
  release: { from: ['sending'], to: 'pending' },
  take: { from: ['pending', 'sending'], to: 'taken' },
  refuse: { from: ['pending', 'sending'], to: 'refused' },
  hand: { from: ['pending', 'sending'], to: 'pending' },
  resend: { from: ['pending'], to: 'pending' },
  end: { from: ['pending'], to: 'over' },
} as const satisfies Record<string, { readonly from: readonly CancelState[]; readonly to: CancelState }>
export type CancelMove = keyof typeof cancelMoves

/** How long after a refusal a customer may ask again. */
export const cancelPauseSeconds = 24 * 3600

/** Why an order cannot be canceled now. */
export const whyNoCancel = ['not-offered', 'over', 'asked', 'too-soon'] as const

export type MayCancel =
  /** `withdraw`: nothing was sent, so all of it comes back at once. `ask`: whoever has it is asked. */
  | { readonly may: true; readonly how: 'withdraw' | 'ask' }
  | { readonly may: false; readonly because: (typeof whyNoCancel)[number]; readonly opensAt?: Date }

/** Whether a customer may cancel an order, and how. */
export function mayCancel(
  order: Pick<Order, 'state' | 'sentAgain' | 'feed' | 'runs'>,
  service: { readonly cancel: boolean } | undefined,
  asked: Pick<CancelRequest, 'state' | 'changedAt'> | undefined,
  now: Date,
): MayCancel {
  const { state, sentAgain } = order
  if (!isUnderWay(state)) return { may: false, because: 'over' }
  // Runs that have not begun are nobody's yet.
  if (order.feed) return isLeft(order.feed, order.runs) ? { may: true, how: 'withdraw' } : { may: false, because: 'over' }
  // What the panel cannot get sent, nobody has to wait for, whatever was said of the service.
  const isUnsent = (state === 'accepted' || state === 'parked') && !sentAgain
  if (!service?.cancel && !(isUnsent && state === 'parked')) return { may: false, because: 'not-offered' }
  if (isUnsent) return { may: true, how: 'withdraw' }
  if (asked && ['pending', 'sending', 'taken'].includes(asked.state)) return { may: false, because: 'asked' }
  const opensAt = asked?.state === 'refused' ? later(asked.changedAt, cancelPauseSeconds) : undefined
  if (opensAt && opensAt > now) return { may: false, because: 'too-soon', opensAt }
  return { may: true, how: 'ask' }
}

const isLeft = ({ started, stoppedAt }: Feed, runs = 0): boolean => stoppedAt === undefined && started < runs

/** Whether anything can still come of canceling. */
export const isUnderWay = (state: Order['state']): boolean =>
  isAtProvider(state) || ['accepted', 'submitting', 'parked', 'unknown'].includes(state)
