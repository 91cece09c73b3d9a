import type { Opened } from '../../core/need.ts'
import { isUnderWay } from '../../core/orders/cancel-request.ts'
import { iso, later } from '../../core/time.ts'
import { forwardCancels } from '../../data/orders/cancel-requests.ts'
import { listOpenRequests, type OpenRequest } from '../../data/orders/open-requests.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { forwardRefills } from '../../data/orders/refills.ts'
import { type Provider, readProviders } from '../../data/providers.ts'
import type { RequestMessage } from '../../outside/queues/messages.ts'
import { requestsQueue } from '../../outside/queues/send.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

/** What is younger is on its way. */
const youngSeconds = 60
/** How long what could not be sent waits before it is tried again. */
const restSeconds = 300

const uses = {
  open: listOpenRequests,
  refills: forwardRefills,
  cancels: forwardCancels,
  orders: readOrders,
  providers: readProviders,
  requests: requestsQueue,
}
type Uses = Opened<typeof uses>

export const sweepRequests = scheduleWorker({
  name: 'workers.sweep-requests',
  summary: 'Every minute, sees to refills and cancellations: those that wait, those left by a lost worker, those that are over',
  on: { kind: 'schedule', every: 'minute' },
  failing: { hurts: 'customers wait for refills and for orders they want canceled', runbook: 'requests-not-forwarded' },
  timeoutSeconds: 120,
  uses,

  async run({ uses, now }) {
    const providers = new Map((await uses.providers.all()).map((provider) => [provider.providerId, provider]))
    for await (const open of uses.open.toForward()) await lookAfter(open, providers, uses, now)
    for await (const open of uses.open.forStaff()) await endIfOver(open, uses, now)
    for (const providerId of providers.keys())
      if (await uses.open.anyAt(providerId)) await uses.requests.send([{ kind: 'ask', providerId, askedAt: iso(now) }])
  },
})

async function lookAfter(open: OpenRequest, providers: ReadonlyMap<string, Provider>, uses: Uses, now: Date): Promise<void> {
  const { state, attempt, changedAt, leaseUntil, providerId } = open.kind === 'refill' ? open.refill : open.request
  if (state === 'sending' && leaseUntil && leaseUntil < now) {
    // It may have been sent.
    if (open.kind === 'refill') await uses.refills.hand(open.refill, 'worker-lost', now, undefined)
    else await uses.cancels.hand(open.request, 'worker-lost', now, undefined)
  }
  if (state !== 'pending' || changedAt > later(now, attempt ? -restSeconds : -youngSeconds)) return
  if (providers.get(providerId)?.status !== 'paused') await uses.requests.send([messageFor(open)], ({ providerId }) => providerId)
}

function messageFor(open: OpenRequest): RequestMessage & { kind: 'refill' | 'cancel' } {
  if (open.kind === 'refill') {
    const { customerId, orderId, nth, providerId } = open.refill
    return { kind: 'refill', customerId, orderId, nth, providerId }
  }
  const { customerId, orderId, providerId } = open.request
  return { kind: 'cancel', customerId, orderId, providerId }
}

/** Nobody need see to canceling what is over. */
async function endIfOver(open: OpenRequest, uses: Uses, now: Date): Promise<void> {
  if (open.kind !== 'cancel' || open.request.state !== 'pending') return
  const order = await uses.orders.get(open.request.customerId, open.request.orderId)
  if (order && !isUnderWay(order.state)) await uses.cancels.end(open.request, now)
}

export const handler = workSchedule(sweepRequests)
