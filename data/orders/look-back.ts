import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { acceptedBetween } from './accepted.ts'

interface LookBack {
  /** Orders accepted within the span that a provider completed, as they stand. */
  completed(from: Date, to: Date): AsyncIterable<Order>
}

export const lookBack = {
  allow: [
    { on: 'index', index: 'accepted' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    async *completed(from, to) {
      for await (const order of acceptedBetween(from, to))
        if (order.state === 'completed' && order.providerOrderId !== undefined) yield order
    },
  }),
} satisfies Need<LookBack>
