import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import { type ProviderId, providerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { digest, quantityIn } from '../../core/orders/heard.ts'
import { dueSpans, idsPerCall, pollShards } from '../../core/orders/polling.ts'
import { listOpenOrders, type OpenOrder } from '../../data/orders/open-orders.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import type { Provider } from '../../data/providers.ts'
import { askStatuses } from '../kit/ask-statuses.ts'
import { workQueue } from '../kit/work.ts'
import { type Clock, queueWorker } from '../kit/worker.ts'
import { askAboutRefills, forward, readRequest, requestMessage, requestUses } from './poll-orders-requests.ts'

/** How long it waits for its turn: asked about later, an order is only heard of later. */
const patienceSeconds = 30

/** Calls at once for one provider, if it is not to have fewer: each takes the next hundred of all its lists. */
const callsAtOnce = 4

const message = z.union([requestMessage, z.object({ providerId: z.string(), askedAt: z.iso.datetime() })])

const uses = {
  ...requestUses,
  open: listOpenOrders,
  settle: settleOrders,
}
type Uses = Opened<typeof uses>

export const pollOrders = queueWorker({
  name: 'workers.poll-orders',
  summary:
    'Asks a provider how its open orders and refills stand, a hundred at a time, and writes what is new; tells it of refills and cancellations',
  on: { kind: 'queue', queue: 'poll', batchSize: 1, atOnce: 10 },
  failing: {
    hurts: 'customers do not see their orders move, refunds are late, and refills and cancellations wait',
    runbook: 'orders-not-polled',
  },
  timeoutSeconds: 120,
  read: (raw) => {
    const read = message.parse(raw)
    return 'kind' in read ? readRequest(read) : { providerId: providerId(read.providerId), askedAt: new Date(read.askedAt) }
  },
  uses,

  async run({ message, uses, clock }) {
    if ('kind' in message) return forward(message, uses, clock)
    const provider = await uses.providers.find(message.providerId)
    // Deleted while the message was on its way: it had nothing to be asked about.
    if (!provider) return
    const faults: unknown[] = []
    // Of a paused provider, too: orders that it has go on, and what it owes comes back.
    const batches = inBatches(due(provider.providerId, message.askedAt, uses), idsPerCall)
    const askOn = async (): Promise<void> => {
      for (;;) {
        const { value: batch, done } = await batches.next()
        if (done) return
        const failed = await poll(provider, batch, uses, clock)
        // A provider that does not answer is asked again at the next turn: its other orders would fare no better now.
        if (!failed) await batches.return(undefined)
        faults.push(...(failed ?? []))
      }
    }
    for (const ended of await Promise.allSettled(Array.from({ length: callsAtOnce }, askOn)))
      if (ended.status === 'rejected') faults.push(ended.reason)
    await askAboutRefills(provider, message.askedAt, uses, clock).catch((error: unknown) => faults.push(error))
    // One bad order stops no other; all are asked about again for its sake.
    if (faults.length > 0) throw faults[0]
  },
})

/**
 * Every order that was due when it was asked for: a message that waited must not miss those. All lists after one another, so
 * that only the last call of a provider asks about fewer than a hundred; another list comes first every minute.
 */
async function* due(provider: ProviderId, askedAt: Date, { open }: Uses): AsyncGenerator<OpenOrder> {
  const first = Math.floor(askedAt.getTime() / 60_000)
  for (let turn = 0; turn < pollShards; turn++) {
    const shard = (first + turn) % pollShards
    for (const span of dueSpans(askedAt, shard)) {
      yield* open.accepted(provider, shard, span)
      if (shard === 0) yield* open.doubtful(provider, span)
    }
  }
}

/** What failed of our own; undefined when the provider gave no usable answer. */
async function poll(provider: Provider, batch: readonly OpenOrder[], uses: Uses, clock: Clock): Promise<unknown[] | undefined> {
  const asked = batch.map(({ providerOrderId }) => providerOrderId)
  const said = await askStatuses(provider, asked, uses, { patienceSeconds, clock })
  if (!said) return undefined
  const now = clock()
  const heard = await Promise.allSettled(
    batch.map(async (order) => {
      const report = said.get(order.providerOrderId)
      if (report === undefined) return
      if (report === 'not-found')
        await uses.settle.flag(order.customerId, order.orderId, 'not-found-at-provider', now, order.providerOrderId)
      else if (digest(report, quantityIn(order.heard)) !== order.heard)
        await uses.settle.hear(order.customerId, order.orderId, report, now, order.providerOrderId)
    }),
  )
  return heard.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
}

export const handler = workQueue(pollOrders)
