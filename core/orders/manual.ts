import { isManual } from '../catalogue/manual.ts'
import { type Consequence, refund } from './heard.ts'
import type { Order } from './order.ts'
import { mayGo } from './states.ts'

/** What somebody of the staff did about a manual order. `remains` is what is not delivered. */
export type Work =
  | { readonly did: 'note'; readonly startCount?: number | undefined; readonly remains?: number | undefined }
  | { readonly did: 'complete' }
  | { readonly did: 'partial'; readonly remains: number }
  /** What remains is all of it, unless it is said. */
  | { readonly did: 'cancel'; readonly remains?: number | undefined }

export type Worked =
  | Exclude<Consequence, { readonly kind: 'attention' }>
  /** It was never taken in hand: all of it goes back. */
  | { readonly kind: 'withdraw' }
  /** The order is no longer one that this can be done about. */
  | { readonly kind: 'too-late' }
  | { readonly kind: 'wrong'; readonly field: 'remains' }

/** What follows from it, for the order as it stands. The same work told again changes nothing. */
export function worked(order: Order, work: Work): Worked {
  // Of an order in runs, the runs are worked.
  if (!isManual(order) || order.feed !== undefined) return { kind: 'too-late' }
  switch (work.did) {
    case 'note': {
      const { startCount, remains } = work
      if (remains !== undefined && (remains < 0 || remains > order.quantity)) return { kind: 'wrong', field: 'remains' }
      if (!mayGo('start', order.state)) return { kind: 'too-late' }
      const isKnown = (startCount ?? order.startCount) === order.startCount && (remains ?? order.remains) === order.remains
      return isKnown ? { kind: 'nothing' } : { kind: 'moved', transition: 'start', startCount, remains }
    }
    case 'complete':
      if (order.state === 'completed') return { kind: 'nothing' }
      return mayGo('complete', order.state) ? { kind: 'moved', transition: 'complete', remains: 0 } : { kind: 'too-late' }
    case 'partial':
      if (work.remains < 1 || work.remains >= order.quantity) return { kind: 'wrong', field: 'remains' }
      return givenBack(order, 'endPartial', work.remains)
    case 'cancel': {
      const remains = work.remains ?? order.quantity
      if (remains < 1 || remains > order.quantity) return { kind: 'wrong', field: 'remains' }
      if (!mayGo('withdraw', order.state)) return givenBack(order, 'cancel', remains)
      return remains === order.quantity ? { kind: 'withdraw' } : { kind: 'wrong', field: 'remains' }
    }
  }
}

/** Less than went back before cannot be owed: nothing is ever taken back from the customer. */
function givenBack(order: Order, transition: 'endPartial' | 'cancel', remains: number): Worked {
  const isSame = order.state === (transition === 'cancel' ? 'canceled' : 'partial') && order.remains === remains
  if (isSame) return { kind: 'nothing' }
  if (!mayGo(transition, order.state)) return { kind: 'too-late' }
  if (order.refunded > 0n && remains < (order.remains ?? 0)) return { kind: 'wrong', field: 'remains' }
  const follows = refund(order, transition, remains, undefined)
  return follows.kind === 'attention' ? { kind: 'too-late' } : follows
}
