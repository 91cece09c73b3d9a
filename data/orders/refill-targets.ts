import { inBatches } from '../../core/batches.ts'
import type { Need } from '../../core/need.ts'
import { covering } from '../../core/orders/blocking.ts'
import { type Refill, waitsHere } from '../../core/orders/refill.ts'
import { isBlocked, maySeeBlocks } from '../blocked.ts'
import { keys } from '../keys.ts'
import { getOrder, getOrders } from './get.ts'
import { listOpenRequests, type OpenRequest } from './open-requests.ts'
import { linkOf } from './payload.ts'

interface CheckRefillTargets {
  /** Whether the owner of what it is for wants nothing for it, at this moment. */
  holds(refill: Refill): Promise<boolean>
}

export const checkRefillTargets = {
  allow: [maySeeBlocks, { on: 'table', actions: ['GetItem'], keys: ['ORDER#*', 'PAYLOAD#*'] }],
  open: () => ({
    async holds({ customerId, orderId }) {
      const order = await getOrder(customerId, orderId)
      const link = order && (await linkOf(order))
      // Without its order, as after an erasure, nobody can say what it is for.
      return link === undefined || isBlocked(link, { consistent: true })
    },
  }),
} satisfies Need<CheckRefillTargets>

/** Refills looked at in one call, at most. */
const mostSeen = 5_000

interface FindRefillsUnder {
  /** Refills that wait for a target, or for what lies under it. With too many of them open, not all are found. */
  find(target: string): Promise<readonly Refill[]>
}

export const findRefillsUnder = {
  allow: [
    ...listOpenRequests.allow,
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['GetItem'], keys: ['PAYLOAD#*'] },
  ],
  open: () => ({
    async find(target) {
      const found: Refill[] = []
      let seen = 0
      for await (const batch of inBatches(waiting(listOpenRequests.open()), 100)) {
        const orders = await getOrders(batch.map(({ customerId, orderId }) => keys.order(customerId, orderId)))
        for (const order of orders) {
          const link = await linkOf(order)
          if (link === undefined || !covering(link).includes(target)) continue
          found.push(...batch.filter(({ customerId, orderId }) => customerId === order.customerId && orderId === order.orderId))
        }
        seen += batch.length
        if (seen >= mostSeen) break
      }
      return found
    },
  }),
} satisfies Need<FindRefillsUnder>

async function* waiting(
  lists: { readonly [list in 'toForward' | 'forStaff']: () => AsyncIterable<OpenRequest> },
): AsyncGenerator<Refill> {
  for (const list of [lists.toForward(), lists.forStaff()])
    for await (const open of list) if (open.kind === 'refill' && waitsHere(open.refill)) yield open.refill
}
