import type { ProviderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { normalised } from '../../core/protocol/error-texts.ts'
import { openLists } from '../keys.ts'
import { onOpenList } from './open-list.ts'

interface HangingOrders {
  /** Orders whose outcome is unknown for nothing but this error of their provider's, as they stand: the oldest hundred first, in no order. */
  on(provider: ProviderId, text: string): AsyncIterable<Order>
}

export const hangingOrders = {
  allow: [
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    async *on(provider, text) {
      for await (const order of onOpenList(openLists.unknown())) if (hangsOn(order, provider, text)) yield order
    },
  }),
} satisfies Need<HangingOrders>

/** What staff sent again may be with its provider from before, whatever was said of the second time. */
const hangsOn = ({ state, reason, providerId, said, sentAgain }: Order, provider: ProviderId, text: string): boolean =>
  !sentAgain && state === 'unknown' && reason === 'error-unclassified' && providerId === provider && normalised(said ?? '') === text
