import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import type { ProviderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { CancelRequest } from '../../core/orders/cancel-request.ts'
import type { Span } from '../../core/orders/polling.ts'
import type { Refill } from '../../core/orders/refill.ts'
import { iso } from '../../core/time.ts'
import { getItems } from '../get-items.ts'
import { openLists } from '../keys.ts'
import { queryAll } from '../query.ts'
import { table } from '../table.ts'
import { readCancelRequest } from './cancel-requests.ts'
import { readRefill } from './refills.ts'

/** A refill or a cancellation, as it stands. */
export type OpenRequest =
  | { readonly kind: 'refill'; readonly refill: Refill }
  | { readonly kind: 'cancel'; readonly request: CancelRequest }

interface ListOpenRequests {
  /** Those a provider is to be told of, oldest first. */
  toForward(): AsyncIterable<OpenRequest>
  /** Those that a person has to see to, oldest first. */
  forStaff(): AsyncIterable<OpenRequest>
  /** Refills that a provider has and that were asked for within these spans. */
  atProvider(provider: ProviderId, spans: readonly Span[]): AsyncIterable<Refill>
}

export const listOpenRequests = {
  allow: [
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['REFILL#*', 'CANCEL#*'] },
  ],
  open: () => ({
    toForward: () => onList(openLists.toForward()),
    forStaff: () => onList(openLists.requests()),
    async *atProvider(provider, spans) {
      for (const span of spans)
        for await (const open of onList(openLists.refills(provider), span)) if (open.kind === 'refill') yield open.refill
    },
  }),
} satisfies Need<ListOpenRequests>

/** Whether a provider has any refill to do. */
export async function refillsAt(provider: ProviderId): Promise<boolean> {
  const { db, name: TableName } = table()
  const { Items = [] } = await db.send(new QueryCommand({ TableName, ...onOpenList(openLists.refills(provider)), Limit: 1 }))
  return Items.length > 0
}

const onOpenList = (list: string, span?: Span) => ({
  IndexName: 'open',
  KeyConditionExpression: `openOn = :list${span ? ' AND acceptedAt BETWEEN :from AND :to' : ''}`,
  ExpressionAttributeValues: { ':list': list, ...(span ? { ':from': iso(span.from), ':to': iso(span.to) } : {}) },
})

const indexItem = z.object({ pk: z.string(), sk: z.string() })

/** The index lags behind and carries no state: the items themselves are read, and those that left the list are left out. */
async function* onList(list: string, span?: Span): AsyncGenerator<OpenRequest> {
  for await (const found of inBatches(queryAll(onOpenList(list, span)), 100)) {
    const items = await getItems(found.map((item) => indexItem.parse(item)))
    const still = items.filter((item) => item['openOn'] === list)
    yield* still.map(asRequest).toSorted((one, other) => askedAt(one) - askedAt(other))
  }
}

const asRequest = (item: Record<string, unknown>): OpenRequest =>
  String(item['pk']).startsWith('REFILL#')
    ? { kind: 'refill', refill: readRefill(item) }
    : { kind: 'cancel', request: readCancelRequest(item) }

const askedAt = (open: OpenRequest): number => (open.kind === 'refill' ? open.refill : open.request).askedAt.getTime()
