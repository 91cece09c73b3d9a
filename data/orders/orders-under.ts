import type { ProviderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { covering } from '../../core/orders/blocking.ts'
import type { Order } from '../../core/orders/order.ts'
import { pollShards } from '../../core/orders/polling.ts'
import { isActive } from '../../core/orders/states.ts'
import { later } from '../../core/time.ts'
import { openLists } from '../keys.ts'
import { acceptedBetween } from './accepted.ts'
import { onOpenList } from './open-list.ts'
import { linkOf } from './payload.ts'

/** Open orders looked at in one call, at most: with more of them under way, not all are. */
const mostSeen = 20_000
/** After this time an order that was accepted is on a list, if it is not over. */
const listedAfterSeconds = 600

interface FindOrdersUnder {
  /**
   * Orders under way for a target or for what lies under it, in no order. `complete`: every open order was looked at, which no
   * index could have told, because a link is indexed by its whole target.
   */
  find(target: string, providers: readonly ProviderId[], now: Date): Promise<Under>
}

export interface Under {
  readonly orders: readonly Order[]
  readonly complete: boolean
}

export const findOrdersUnder = {
  allow: [
    { on: 'index', index: 'open' },
    { on: 'index', index: 'accepted' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['GetItem'], keys: ['PAYLOAD#*'] },
  ],
  open: () => ({
    async find(target, providers, now) {
      const found = new Map<number, Order>()
      let seen = 0
      for await (const order of openOrders(providers, now)) {
        if (++seen > mostSeen) return { orders: [...found.values()], complete: false }
        if (!isActive(order.state) || found.has(order.orderId)) continue
        const link = await linkOf(order)
        if (link !== undefined && covering(link).includes(target)) found.set(order.orderId, order)
      }
      return { orders: [...found.values()], complete: true }
    },
  }),
} satisfies Need<FindOrdersUnder>

/** Those that are not sent first: they can still be stopped. */
async function* openOrders(providers: readonly ProviderId[], now: Date): AsyncGenerator<Order> {
  yield* acceptedBetween(later(now, -listedAfterSeconds), now)
  yield* onOpenList(openLists.waiting())
  yield* onOpenList(openLists.manual())
  yield* onOpenList(openLists.unknown())
  for (const provider of providers) yield* onOpenList(openLists.parked(provider))
  for (const provider of providers) {
    yield* onOpenList(openLists.feed(provider))
    yield* onOpenList(openLists.doubtful(provider))
    for (let shard = 0; shard < pollShards; shard++) yield* onOpenList(openLists.poll(provider, shard))
  }
}
