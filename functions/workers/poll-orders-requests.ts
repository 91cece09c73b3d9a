import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import { attempt, customerId, orderId, providerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { isUnderWay } from '../../core/orders/cancel-request.ts'
import { dueSpans, idsPerCall } from '../../core/orders/polling.ts'
import type { Refill } from '../../core/orders/refill.ts'
import type { RequestReason } from '../../core/orders/request.ts'
import { isAtProvider } from '../../core/orders/states.ts'
import type { Outcome } from '../../core/protocol/outcome.ts'
import type { Failure } from '../../core/protocol/replies.ts'
import { readCancel, readRefill, readRefillStatuses } from '../../core/protocol/request-replies.ts'
import { wordsOf } from '../../core/protocol/words.ts'
import { forwardCancels } from '../../data/orders/cancel-requests.ts'
import { listOpenRequests } from '../../data/orders/open-requests.ts'
import { checkRefillTargets } from '../../data/orders/refill-targets.ts'
import { type ClaimedRefill, forwardRefills } from '../../data/orders/refills.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { providerLines } from '../../data/provider-lines.ts'
import { type Provider, pauseProviders, readProviders } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import type { RequestMessage } from '../../outside/queues/messages.ts'
import { openKeys } from '../../outside/vault/seal-keys.ts'
import { logWarning } from '../kit/log.ts'
import { askProvider, inTurn } from '../kit/provider-calls.ts'
import type { Clock } from '../kit/worker.ts'

const names = { customerId: z.string(), orderId: z.int(), providerId: z.string() }
/** What a provider is to be told of. */
export const requestMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('refill'), ...names, nth: z.int() }),
  z.object({ kind: z.literal('cancel'), ...names }),
])

export function readRequest(read: z.output<typeof requestMessage>): RequestMessage {
  const named = { customerId: customerId(read.customerId), orderId: orderId(read.orderId), providerId: providerId(read.providerId) }
  return read.kind === 'refill' ? { kind: 'refill', ...named, nth: read.nth } : { kind: 'cancel', ...named }
}

export const requestUses = {
  refills: forwardRefills,
  targets: checkRefillTargets,
  cancels: forwardCancels,
  requests: listOpenRequests,
  withdrawing: withdrawOrders,
  providers: readProviders,
  pausing: pauseProviders,
  lines: providerLines,
  vault: openKeys,
  outside: callProviders,
}
type Uses = Opened<typeof requestUses>

/** How long one waits for its turn. Without one it stays as it is, and the sweeper hands it out again. */
const patienceSeconds = 15

/** Tells a provider of a refill or a cancellation, at most once. */
export const forward = (message: RequestMessage, uses: Uses, clock: Clock): Promise<void> =>
  message.kind === 'refill' ? forwardRefill(message, uses, clock) : forwardCancel(message, uses, clock)

async function forwardRefill(message: Extract<RequestMessage, { kind: 'refill' }>, uses: Uses, clock: Clock): Promise<void> {
  const refill = await uses.refills.get(message.customerId, message.orderId, message.nth)
  // It was sent, or is with staff: the message came twice, or late.
  if (refill?.state !== 'pending' || refill.askedOf !== 'provider' || !refill.providerOrderId) return
  const { providerOrderId } = refill
  const provider = await uses.providers.find(refill.providerId)
  if (!provider) return uses.refills.hand(refill, 'provider-gone', clock(), undefined)
  if (provider.status === 'paused') return
  await inTurn(provider, 'refill', uses, { patienceSeconds, clock }, async (open) => {
    const line = await open()
    const claimed = await uses.refills.claim(refill, attempt(randomUUID()), clock())
    if (!claimed) return
    if (await isUnwanted(claimed, uses, clock)) return uses.refills.holdBack(claimed, clock())
    const outcome = await line.call({ action: 'refill', order: providerOrderId })
    const now = clock()
    const reply = outcome.kind === 'answer' ? readRefill(outcome, providerOrderId) : undefined
    if (reply?.kind === 'ok') return uses.refills.sent(claimed, reply.refill, now)
    await notGranted(outcome, reply, line.apiKey, {
      release: () => uses.refills.release(claimed, now),
      refuse: (said) => uses.refills.reject(claimed, now, said),
      hand: (reason, said) => uses.refills.hand(claimed, reason, now, said),
      pause: () => uses.pausing.pause(provider.providerId),
    })
  })
}

/** Asked after it was taken in hand: of a target blocked before this moment nothing is sent. What cannot be told is tried again. */
async function isUnwanted(claimed: ClaimedRefill, uses: Uses, clock: Clock): Promise<boolean> {
  try {
    return await uses.targets.holds(claimed)
  } catch (error) {
    await uses.refills.release(claimed, clock())
    throw error
  }
}

/** What becomes of a request that its provider did not grant. */
interface Otherwise {
  readonly release: () => Promise<void>
  readonly refuse: (said: string | undefined) => Promise<void>
  readonly hand: (reason: RequestReason, said: string | undefined) => Promise<void>
  readonly pause: () => Promise<void>
}

/** Writes down what came of the one call, where it was not granted. What cannot be known is not sent again by a machine. */
async function notGranted(outcome: Outcome, reply: Failure | undefined, apiKey: string, then: Otherwise): Promise<void> {
  if (outcome.kind === 'not-sent') return then.release()
  if (outcome.kind === 'no-answer' || !reply) return then.hand('no-answer', undefined)
  const said = wordsOf(outcome, apiKey)
  switch (reply.kind) {
    case 'retry':
      return then.release()
    case 'refused':
      return then.refuse(said)
    case 'key-refused':
    case 'misconfigured':
      await then.pause()
      return then.release()
    case 'out-of-funds':
    case 'link-busy':
    case 'unknown':
      return then.hand('answer-unclear', said)
  }
}

async function forwardCancel(message: Extract<RequestMessage, { kind: 'cancel' }>, uses: Uses, clock: Clock): Promise<void> {
  const request = await uses.cancels.get(message.customerId, message.orderId)
  if (request?.state !== 'pending' || request.askedOf !== 'provider') return
  // It may have come back to the panel meanwhile: then nobody need be asked.
  const order = await uses.withdrawing.withdraw(message.customerId, message.orderId, clock())
  if (!isUnderWay(order.state)) return uses.cancels.end(request, clock())
  if (order.state === 'unknown') return uses.cancels.hand(request, 'order-unknown', clock(), undefined)
  // In a worker's hands, or with a provider that has not named it: a minute later it is known.
  if (!isAtProvider(order.state)) return
  // On its way to another one since, or delivered by no single order of a provider’s.
  if (order.providerId !== request.providerId || !order.providerOrderId)
    return uses.cancels.hand(request, 'not-offered-by-provider', clock(), undefined)
  const { providerOrderId } = order
  const provider = await uses.providers.find(order.providerId)
  if (!provider) return uses.cancels.hand(request, 'provider-gone', clock(), undefined)
  if (provider.status === 'paused') return
  await inTurn(provider, 'cancel', uses, { patienceSeconds, clock }, async (open) => {
    const line = await open()
    const claimed = await uses.cancels.claim(request, attempt(randomUUID()), clock())
    if (!claimed) return
    const outcome = await line.call({ action: 'cancel', order: providerOrderId })
    const now = clock()
    const reply = outcome.kind === 'answer' ? readCancel(outcome, providerOrderId) : undefined
    // No money moves: it comes back when the provider reports the order as Canceled or Partial.
    if (reply?.kind === 'ok') return uses.cancels.take(claimed, now)
    await notGranted(outcome, reply, line.apiKey, {
      release: () => uses.cancels.release(claimed, now),
      refuse: (said) => uses.cancels.refuse(claimed, now, said),
      hand: (reason, said) => uses.cancels.hand(claimed, reason, now, said),
      pause: () => uses.pausing.pause(provider.providerId),
    })
  })
}

/** Asks a provider how the refills stand that it has. */
export async function askAboutRefills(provider: Provider, askedAt: Date, uses: Uses, clock: Clock): Promise<void> {
  // A provider that does not answer is asked again at the next turn.
  for await (const batch of inBatches(uses.requests.atProvider(provider.providerId, dueSpans(askedAt)), idsPerCall))
    if (!(await hear(provider, batch, uses, clock))) return
}

async function hear(provider: Provider, batch: readonly Refill[], uses: Uses, clock: Clock): Promise<boolean> {
  const asked = batch.flatMap(({ providerRefillId }) => providerRefillId ?? [])
  const outcome = await askProvider(provider, { action: 'refill_status', refills: asked }, uses, { patienceSeconds, clock })
  const reply = outcome.kind === 'answer' ? readRefillStatuses(outcome, asked) : { kind: outcome.kind }
  if (reply.kind !== 'ok') {
    logWarning('refill status call failed', { kind: reply.kind, refills: batch.length })
    return false
  }
  const now = clock()
  for (const refill of batch) {
    const report = reply.refills.get(refill.providerRefillId ?? '')
    if (report === undefined) continue
    if (report === 'not-found') await uses.refills.hand(refill, 'not-found-at-provider', now, undefined)
    else if (report.status === undefined) await uses.refills.hand(refill, 'status-unknown', now, report.said)
    else await uses.refills.hear(refill, report.status, now)
  }
  return true
}
