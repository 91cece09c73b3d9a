import * as z from 'zod/mini'
import { type OrderId, orderId, type StaffId, shortInteger } from '../../core/ids.ts'
import { formatMoney } from '../../core/money.ts'
import { type Order, orderReasons } from '../../core/orders/order.ts'
import { orderStates } from '../../core/orders/states.ts'
import { Refusal } from '../../core/refusals.ts'
import type { Facts } from '../../core/staff/audit.ts'
import { memo, requestId } from './fields.ts'

/** What whoever settles an order says besides how: the order as they saw it, and why. */
export const settlingFields = {
  seen: z.object({
    state: z.enum(orderStates),
    reason: z.optional(z.enum(orderReasons)),
    changedAt: z.string().check(z.maxLength(30)),
  }),
  memo,
  requestId,
}
const settlingBody = z.object(settlingFields)

interface Settling {
  readonly action: string
  readonly by: StaffId
  readonly number: string
  readonly body: z.output<typeof settlingBody>
  readonly finding: { get(order: OrderId): Promise<Order | undefined> }
  readonly now: Date
  readonly after: Facts
}

/** What was decided, with the record of it. */
export async function decision({ action, by, number, body, finding, now, after }: Settling) {
  const wanted = shortInteger(number)
  const order = wanted === undefined ? undefined : await finding.get(orderId(wanted))
  if (!order) throw new Refusal('order-not-found')
  const audit = { by, action, on: `order ${order.orderId}`, why: body.memo, before: factsOf(order), after }
  return { order, seen: body.seen, requestId: body.requestId, audit, at: now }
}

const factsOf = ({ state, reason, refunded, providerOrderId, sentAgain }: Order): Facts => ({
  state,
  // Whoever reads this later sees that it may have been delivered from the time before.
  ...(sentAgain ? { sentAgain } : {}),
  ...(reason ? { reason } : {}),
  refunded: formatMoney(refunded),
  ...(providerOrderId ? { providerOrderId } : {}),
})
