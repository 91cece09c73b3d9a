import { attempt } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { isAsSeen, type Seen, type Settling, waysToSettle } from '../../core/orders/settling.ts'
import type { TransitionName } from '../../core/orders/states.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import type { NamedLeg } from '../transact.ts'
import { getOrder } from './get.ts'
import { move } from './item.ts'

/** What somebody of the staff decided about an order as they saw it. `requestId` makes a second click the same decision. */
export interface Decision {
  readonly order: Pick<Order, 'customerId' | 'orderId'>
  readonly seen: Seen
  readonly requestId: string
  readonly audit: AuditRecord
  readonly at: Date
}

/**
 * Carries a decision out, once, and answers the order as it stands then. Refused where it does not stand as it was seen; the
 * same request again changes nothing. `write` answers false where the order is no longer as it was read.
 */
export async function decided(decision: Decision, how: Settling, write: (order: Order) => Promise<boolean>): Promise<Order> {
  const order = await asItStands(decision)
  if (order.attempt === mark(decision, how)) return order
  if (!isAsSeen(order, decision.seen)) throw new Refusal('changed-meanwhile')
  if (!waysToSettle(order).includes(how)) throw new Refusal('order-needs-no-settling')
  const isWritten = await write(order)
  const after = await asItStands(decision)
  // A second click at the same moment: what stands there is this very decision.
  if (!isWritten && after.attempt !== mark(decision, how)) throw new Refusal('changed-meanwhile')
  return after
}

async function asItStands({ order: { customerId, orderId } }: Decision): Promise<Order> {
  const order = await getOrder(customerId, orderId)
  if (!order) throw new Refusal('order-not-found')
  return order
}

/** Stands in place of the worker's attempt, so that a worker which comes late has no say any more, and a second click is known. */
export const mark = ({ requestId }: Decision, how: Settling) => attempt(`${how}:${requestId}`)

/** The order's leg. It holds only while everything that was decided on is as it was read. */
export function step(
  order: Order,
  decision: Decision,
  how: Settling,
  transition: TransitionName,
  { set, remove }: { readonly set: Readonly<Record<string, unknown>>; readonly remove: readonly string[] },
): NamedLeg {
  return {
    Update: move(order, transition, decision.at, {
      set: { ...set, attempt: mark(decision, how) },
      remove,
      only: known({
        state: order.state,
        reason: order.reason,
        attempt: order.attempt,
        refunded: order.refunded,
        providerOrderId: order.providerOrderId,
      }),
    }),
  }
}

export const known = (attributes: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))
