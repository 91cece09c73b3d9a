import * as z from 'zod/mini'
import {
  type CustomerId,
  customerId,
  type OrderId,
  orderId,
  type ProviderId,
  type ProviderOrderId,
  providerOrderId,
} from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Span } from '../../core/orders/polling.ts'
import { iso } from '../../core/time.ts'
import { openLists } from '../keys.ts'
import { queryAll } from '../query.ts'

/** An order at its provider, as the index of open orders knows it. */
export interface OpenOrder {
  readonly customerId: CustomerId
  readonly orderId: OrderId
  readonly providerOrderId: ProviderOrderId
  /** What was last heard, in short (see `digest`). */
  readonly heard: string
}

interface ListOpenOrders {
  /** Orders of one list that were accepted within the span, oldest first. */
  accepted(provider: ProviderId, shard: number, span: Span): AsyncIterable<OpenOrder>
  /** Those of the span that are before staff: they are asked about all the same. */
  doubtful(provider: ProviderId, span: Span): AsyncIterable<OpenOrder>
}

const openItem = z.object({ pk: z.string(), sk: z.string(), providerOrderId: z.string(), heard: z.string() })

export const listOpenOrders = {
  allow: [{ on: 'index', index: 'open' }],
  open: () => ({
    accepted: (provider, shard, span) => onList(openLists.poll(provider, shard), span),
    doubtful: (provider, span) => onList(openLists.doubtful(provider), span),
  }),
} satisfies Need<ListOpenOrders>

async function* onList(list: string, { from, to }: Span): AsyncGenerator<OpenOrder> {
  const found = queryAll({
    IndexName: 'open',
    KeyConditionExpression: 'openOn = :list AND acceptedAt BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':list': list, ':from': iso(from), ':to': iso(to) },
  })
  for await (const item of found) {
    const open = openItem.parse(item)
    yield { ...readOrderKey(open), providerOrderId: providerOrderId(open.providerOrderId), heard: open.heard }
  }
}

/** The owner and the number, out of an order's key. */
export const readOrderKey = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => ({
  customerId: customerId(pk.slice('ORDER#'.length)),
  orderId: orderId(Number(sk)),
})
