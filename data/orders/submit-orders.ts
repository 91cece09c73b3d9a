import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import type { Attempt, CustomerId, OrderId, ProviderOrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { digest } from '../../core/orders/heard.ts'
import type { Order, OrderPayload, OrderReason } from '../../core/orders/order.ts'
import { pollShards } from '../../core/orders/polling.ts'
import type { TransitionName } from '../../core/orders/states.ts'
import { iso, later } from '../../core/time.ts'
import { acceptedAt, keys, openLists } from '../keys.ts'
import { table } from '../table.ts'
import { filedWithinSeconds } from './file-orders.ts'
import { change, readPayload } from './item.ts'

/** How long a worker may take over one call: longer than the call's own limit. After it, the sweeper gives it up for lost. */
export const leaseSeconds = 90

/** An order in a worker's hands. */
export interface ClaimedOrder extends Order {
  readonly attempt: Attempt
}

interface SubmitOrders {
  /**
   * Takes the order in hand, before anything is sent: the fence that makes a submission happen at most once. Undefined
   * when it is not there to be taken: somebody else has it, or it was sent already.
   */
  claim(customer: CustomerId, order: OrderId, attempt: Attempt, now: Date): Promise<ClaimedOrder | undefined>
  payload(order: Order): Promise<OrderPayload>
  /** The provider took it, under this number of its own. */
  sent(order: ClaimedOrder, number: ProviderOrderId, now: Date): Promise<boolean>
  /** Nothing was sent: the sweeper hands it out again. */
  release(order: ClaimedOrder, now: Date): Promise<boolean>
  /** `said` is what the provider answered, in its own words. */
  park(order: ClaimedOrder, reason: OrderReason, now: Date, said: string | undefined): Promise<boolean>
  /** It may have been sent. */
  lose(order: ClaimedOrder, reason: OrderReason, now: Date, said: string | undefined): Promise<boolean>
}

export const submitOrders = {
  allow: [
    { on: 'table', actions: ['UpdateItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['GetItem'], keys: ['PAYLOAD#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['SENT-LATE#*'] },
  ],
  open: () => ({
    async claim(customerId, orderId, attempt, now) {
      const order = await change({ customerId, orderId }, 'claim', now, {
        set: { leaseUntil: iso(later(now, leaseSeconds)) },
        attempt,
      })
      return order && { ...order, attempt }
    },
    async payload({ customerId, orderId }) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.payload(customerId, orderId), ConsistentRead: true }))
      return readPayload(Item)
    },
    async sent(order, providerOrderId, now) {
      const heard = digest({ status: 'pending', remains: order.quantity }, order.quantity)
      // First, and of no harm if the rest does not come: what is found by a number is held against the order.
      if (order.acceptedAt < later(now, -filedWithinSeconds)) await noteLate(order, providerOrderId)
      return record(
        order,
        'sent',
        now,
        {
          providerOrderId,
          heard,
          openOn: openLists.poll(order.providerId, order.orderId % pollShards),
        },
        // What it hung on is over.
        ['reason', 'said', 'tried'],
      )
    },
    async release(order, now) {
      return record(order, 'release', now, { openOn: openLists.waiting() })
    },
    async park(order, reason, now, said) {
      return record(order, 'park', now, { said, openOn: openLists.parked(order.providerId) }, withoutWords(said), reason)
    },
    async lose(order, reason, now, said) {
      return record(order, 'lose', now, { said, openOn: openLists.unknown() }, withoutWords(said), reason)
    },
  }),
} satisfies Need<SubmitOrders>

/** Orders of its time may have been filed without its number by now. */
async function noteLate(order: ClaimedOrder, number: ProviderOrderId): Promise<void> {
  const { db, name: TableName } = table()
  const Item = {
    ...keys.sentLate(order.providerId, number, order.orderId),
    acceptedAt: acceptedAt(order.acceptedAt, order.orderId),
  }
  await db.send(new PutCommand({ TableName, Item }))
}

/** What came of an attempt is recorded by whoever made it, and by nobody else. */
async function record(
  order: ClaimedOrder,
  name: TransitionName,
  now: Date,
  set: Readonly<Record<string, unknown>>,
  remove: readonly string[] = [],
  reason?: OrderReason,
): Promise<boolean> {
  const changed = await change(order, name, now, { reason, set, remove: ['leaseUntil', ...remove], attempt: order.attempt })
  return changed !== undefined
}

/** Words of an earlier try say nothing about this one. */
export const withoutWords = (said: string | undefined): string[] => (said === undefined ? ['said'] : [])
