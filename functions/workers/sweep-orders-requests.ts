import type { ProviderId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { isUnderWay } from '../../core/orders/cancel-request.ts'
import { endlessSince } from '../../core/orders/refill.ts'
import { later } from '../../core/time.ts'
import { forwardCancels } from '../../data/orders/cancel-requests.ts'
import { listOpenRequests, type OpenRequest } from '../../data/orders/open-requests.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { forwardRefills } from '../../data/orders/refills.ts'
import type { Provider } from '../../data/providers.ts'
import type { RequestMessage } from '../../outside/queues/messages.ts'
import { pollQueue } from '../../outside/queues/send.ts'

/** What is younger is on its way. */
const youngSeconds = 60
/** How long what could not be sent waits before it is tried again. */
const restSeconds = 300

export const requestUses = {
  open: listOpenRequests,
  refills: forwardRefills,
  cancels: forwardCancels,
  asked: readOrders,
  requests: pollQueue,
}
type Uses = Opened<typeof requestUses>

/** Sees to refills and cancellations: those that wait, those left by a lost worker, those that are over. */
export async function sweepRequests(providers: readonly Provider[], uses: Uses, now: Date): Promise<void> {
  const paused = new Set(providers.filter(({ status }) => status === 'paused').map(({ providerId }) => providerId))
  for await (const open of uses.open.toForward()) await lookAfter(open, paused, uses, now)
  for await (const open of uses.open.forStaff()) await endIfOver(open, uses, now)
  for (const { providerId } of providers) await handEndless(providerId, uses, now)
}

/** What a provider has had for long, whether it answers or not. */
async function handEndless(provider: ProviderId, uses: Uses, now: Date): Promise<void> {
  const since = endlessSince(now)
  for await (const refill of uses.open.atProvider(provider, [{ from: new Date(0), to: since }]))
    if (refill.changedAt < since) await uses.refills.hand(refill, 'not-ended', now, undefined)
}

async function lookAfter(open: OpenRequest, paused: ReadonlySet<ProviderId>, uses: Uses, now: Date): Promise<void> {
  const { state, attempt, changedAt, leaseUntil, providerId } = open.kind === 'refill' ? open.refill : open.request
  if (state === 'sending' && leaseUntil && leaseUntil < now) {
    // It may have been sent.
    if (open.kind === 'refill') await uses.refills.hand(open.refill, 'worker-lost', now, undefined)
    else await uses.cancels.hand(open.request, 'worker-lost', now, undefined)
  }
  if (state !== 'pending' || changedAt > later(now, attempt ? -restSeconds : -youngSeconds)) return
  if (!paused.has(providerId)) await uses.requests.send([messageFor(open)], ({ providerId }) => providerId)
}

function messageFor(open: OpenRequest): RequestMessage {
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
  const order = await uses.asked.get(open.request.customerId, open.request.orderId)
  if (order && !isUnderWay(order.state)) await uses.cancels.end(open.request, now)
}
