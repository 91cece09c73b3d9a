import type { ProviderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { pollShards } from '../../core/orders/polling.ts'
import { isAtProvider, type OrderState } from '../../core/orders/states.ts'
import { later } from '../../core/time.ts'
import { openLists } from '../keys.ts'
import { acceptedBetween } from './accepted.ts'
import { onOpenList } from './open-list.ts'
import { refillsAt } from './open-requests.ts'

interface OpenAtProvider {
  /** Whether any order of this provider's is not over: on its way, with the provider, waiting, in doubt or being refilled. */
  any(provider: ProviderId, now: Date): Promise<boolean>
}

/** After this time an order that was accepted is on a list, if it is not over. */
const listedAfterSeconds = 600

export const openAtProvider = {
  allow: [
    { on: 'index', index: 'open' },
    { on: 'index', index: 'accepted' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    async any(provider, now) {
      const own = [
        ...Array.from({ length: pollShards }, (_, shard) => openLists.poll(provider, shard)),
        openLists.doubtful(provider),
        openLists.parked(provider),
        openLists.feed(provider),
      ]
      for (const list of own) if (await has(onOpenList(list), provider)) return true
      for (const list of [openLists.waiting(), openLists.unknown()]) if (await has(onOpenList(list), provider)) return true
      if (await refillsAt(provider)) return true
      return has(acceptedBetween(later(now, -listedAfterSeconds), now), provider)
    },
  }),
} satisfies Need<OpenAtProvider>

async function has(orders: AsyncIterable<Order>, provider: ProviderId): Promise<boolean> {
  for await (const { providerId, state } of orders) if (providerId === provider && isOpen(state)) return true
  return false
}

const underWay: readonly OrderState[] = ['accepted', 'submitting', 'parked', 'unknown']
const isOpen = (state: OrderState): boolean => isAtProvider(state) || underWay.includes(state)
