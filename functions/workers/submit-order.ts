import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { isManual } from '../../core/catalogue/manual.ts'
import { serviceTypeRule } from '../../core/catalogue/service-types.ts'
import { attempt, customerId, orderId, providerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import type { OrderPayload, OrderReason } from '../../core/orders/order.ts'
import type { Outcome } from '../../core/protocol/outcome.ts'
import type { Outgoing } from '../../core/protocol/outgoing.ts'
import { type AddReply, readAdd } from '../../core/protocol/replies.ts'
import { wordsOf } from '../../core/protocol/words.ts'
import { checkBlocks } from '../../data/blocked.ts'
import { knownErrorTexts } from '../../data/error-texts.ts'
import { failOverOrders } from '../../data/orders/fail-over.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { type ClaimedOrder, submitOrders } from '../../data/orders/submit-orders.ts'
import { withdrawOrders } from '../../data/orders/withdraw-orders.ts'
import { providerLines } from '../../data/provider-lines.ts'
import { type Provider, pauseProviders, readProviders } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import type { MessageOf } from '../../outside/queues/messages.ts'
import { submitLater, submitQueue } from '../../outside/queues/send.ts'
import { openKeys } from '../../outside/vault/seal-keys.ts'
import { logWarning } from '../kit/log.ts'
import { inTurn, type OnTheLine } from '../kit/provider-calls.ts'
import { workQueue } from '../kit/work.ts'
import { type Clock, queueWorker } from '../kit/worker.ts'
import { witnessAfter, witnessBefore, witnesses } from './submit-order-evidence.ts'

/** How long an order waits here for the provider to be free: other providers' orders wait behind it. */
const patienceSeconds = 10
/** How often it is sent back to the queue, each time for longer; the sweeper looks after it from then on. */
const mostReturns = 3
const returnSeconds = 10

const message = z.object({
  customerId: z.string(),
  orderId: z.int(),
  providerId: z.string(),
  returned: z._default(z.int(), 0),
})

const uses = {
  orders: submitOrders,
  blocks: checkBlocks,
  withdrawing: withdrawOrders,
  settle: settleOrders,
  fallbacks: failOverOrders,
  submit: submitQueue,
  providers: readProviders,
  pausing: pauseProviders,
  texts: knownErrorTexts,
  ...witnesses,
  lines: providerLines,
  vault: openKeys,
  outside: callProviders,
  later: submitLater,
}

export const submitOrder = queueWorker({
  name: 'workers.submit-order',
  summary: 'Sends an accepted order to its provider, at most once',
  on: { kind: 'queue', queue: 'submit', batchSize: 10, atOnce: 20 },
  failing: { hurts: 'paid orders wait and are not sent', runbook: 'orders-not-sent' },
  // Its turn, a balance, the order, a balance again.
  timeoutSeconds: 90,
  read: (raw): Message => {
    const read = message.parse(raw)
    return {
      customerId: customerId(read.customerId),
      orderId: orderId(read.orderId),
      providerId: providerId(read.providerId),
      returned: read.returned,
    }
  },
  uses,

  async run({ message, uses, clock }) {
    if (isManual(message)) return
    const provider = await uses.providers.get(message.providerId)
    if (provider.status === 'paused') return putOff(message, 'provider-paused', uses, clock)
    // Before the order is taken in hand: one that has to wait has cost nothing, and its sweeper finds it as it was.
    const sent = await inTurn(provider, 'add', uses, { patienceSeconds, clock }, (open) =>
      submit(message, provider, open, uses, clock),
    )
    if ('done' in sent) return
    if (sent.noTurn === 'failing') return putOff(message, 'provider-failing', uses, clock)
    if (message.returned >= mostReturns) return
    const again = { ...message, returned: message.returned + 1 }
    await uses.later.sendLater(again, returnSeconds * 2 ** message.returned, message.providerId)
  },
})

type Uses = Opened<typeof uses>
type Message = MessageOf<'submit'> & { readonly returned: number }
type Open = () => Promise<OnTheLine>

/** Nothing was sent: it goes to another provider, or waits until this one takes orders again. */
async function putOff(message: Message, reason: OrderReason, uses: Uses, clock: Clock): Promise<void> {
  const order = await claim(message, uses, clock)
  if (!order) return
  const isElsewhere = order.providerId !== message.providerId
  const wentOn =
    !isElsewhere && (await goOn(order, reason, uses, clock()).catch((error: unknown) => backIn(order, uses, clock, error)))
  if (wentOn) return
  if (isElsewhere) await uses.orders.release(order, clock())
  else await uses.orders.park(order, reason, clock(), undefined)
}

/** Nothing has left yet, so the order goes back, whatever it was. */
async function backIn(order: ClaimedOrder, uses: Uses, clock: Clock, error: unknown): Promise<never> {
  await uses.orders.release(order, clock())
  throw error
}

const claim = ({ customerId, orderId }: Message, { orders }: Uses, clock: Clock): Promise<ClaimedOrder | undefined> =>
  orders.claim(customerId, orderId, attempt(randomUUID()), clock())

async function submit(message: Message, provider: Provider, open: Open, uses: Uses, clock: Clock): Promise<void> {
  const order = await claim(message, uses, clock)
  // Somebody else has it, or it was sent: the message came twice.
  if (!order) return
  // The message is older than the order's way to another provider.
  if (order.providerId !== provider.providerId) return void (await uses.orders.release(order, clock()))
  const isBlocked = await isOfBlockedTarget(order, uses).catch((error: unknown) => backIn(order, uses, clock, error))
  if (isBlocked) return holdBack(order, uses, clock())
  const ready = await prepare(order, provider, open, uses, clock()).catch((error: unknown) => backIn(order, uses, clock, error))
  const at = clock()
  const outcome = await ready.line.call(ready.outgoing)
  const overAt = clock()
  const doubt = await record(order, outcome, uses, overAt, ready.line.apiKey)
  if (doubt) await witnessAfter(order, { reason: doubt, outcome, before: ready.before, at, overAt }, ready.line, uses)
}

/** Asked after the order was taken in hand: a target blocked before this moment is not ordered for, one blocked after it is under way. */
async function isOfBlockedTarget(order: ClaimedOrder, { orders, blocks }: Uses): Promise<boolean> {
  return blocks.holds(linkOf(order, order.link === undefined ? await orders.payload(order) : {}))
}

/** Nothing was sent: all of it goes back. What staff had sent again may be with its provider from the time before, and is theirs to settle. */
async function holdBack(order: ClaimedOrder, uses: Uses, now: Date): Promise<void> {
  if (order.sentAgain) return void (await uses.orders.lose(order, 'target-blocked', now, undefined))
  // Cut off in between, it is taken in hand once more, and comes here again.
  await uses.orders.release(order, now)
  await uses.withdrawing.withdraw(order.customerId, order.orderId, now, 'target-blocked')
}

async function prepare(order: ClaimedOrder, provider: Provider, open: Open, uses: Uses, now: Date) {
  const payload = order.hasPayload ? await uses.orders.payload(order) : {}
  const line = await open()
  return { line, outgoing: outgoing(order, payload), ...(await witnessBefore(order, provider, line, uses, now)) }
}

function outgoing(order: ClaimedOrder, payload: OrderPayload): Outgoing {
  return {
    action: 'add',
    service: order.providerServiceId,
    link: linkOf(order, payload),
    ...(serviceTypeRule(order.type).required.includes('quantity') ? { quantity: order.quantity / (order.runs ?? 1) } : {}),
    ...(order.runs !== undefined && order.interval !== undefined ? { pace: { runs: order.runs, interval: order.interval } } : {}),
    ...(payload.comments === undefined ? {} : { comments: payload.comments }),
  }
}

function linkOf({ link, orderId }: ClaimedOrder, payload: OrderPayload): string {
  const known = link ?? payload.link
  if (known === undefined) throw new Error(`order ${orderId} has no link`)
  return known
}

/**
 * Writes down what came of the one call. What cannot be known is neither sent again nor refunded. Answers why, where it is
 * not certain what came of it.
 */
async function record(
  order: ClaimedOrder,
  outcome: Outcome,
  uses: Uses,
  now: Date,
  apiKey: string,
): Promise<OrderReason | undefined> {
  if (outcome.kind === 'not-sent') {
    await uses.orders.release(order, now)
    return undefined
  }
  if (outcome.kind === 'no-answer') {
    await uses.orders.lose(order, 'no-answer', now, undefined)
    return 'no-answer'
  }
  const said = wordsOf(outcome, apiKey)
  const reply = await inItsWords(order, readAdd(outcome), said, uses)
  switch (reply.kind) {
    case 'ok':
      // Somebody else has settled it meanwhile: they have to hear of the number.
      if (!(await uses.orders.sent(order, reply.order, now))) await uses.sendings.note(order, now, { lateNumber: reply.order })
      return undefined
    case 'retry':
      await uses.orders.release(order, now)
      return undefined
    case 'refused':
      // This time it was not taken; of the time before that is still not known, and money given back would be given for what is delivered.
      if (order.sentAgain) {
        await uses.orders.lose(order, 'refused-again', now, said)
        return 'refused-again'
      }
      if (await goOn(order, 'provider-refused', uses, now, said)) return undefined
      await uses.settle.refuse(order, 'provider-refused', now, said)
      return undefined
    case 'link-busy':
      // Staff sent it again, and something for this link is under way: perhaps the order itself, from the time before.
      if (order.sentAgain) await uses.orders.lose(order, 'link-busy', now, said)
      else await uses.orders.park(order, 'link-busy', now, said)
      return 'link-busy'
    case 'out-of-funds':
      await uses.orders.park(order, 'out-of-funds', now, said)
      return undefined
    case 'key-refused':
      await uses.pausing.pause(order.providerId)
      if (await goOn(order, 'key-refused', uses, now, said)) return undefined
      await uses.orders.park(order, 'key-refused', now, said)
      return undefined
    case 'misconfigured':
      await uses.pausing.pause(order.providerId)
      if (await goOn(order, 'provider-misconfigured', uses, now, said)) return undefined
      await uses.orders.park(order, 'provider-misconfigured', now, said)
      return undefined
    case 'unknown': {
      const reason = reply.text === undefined || said === undefined ? 'answer-unclear' : 'error-unclassified'
      await uses.orders.lose(order, reason, now, said)
      if (reason === 'error-unclassified' && said !== undefined) await uses.texts.note(order, said, now)
      return reason
    }
  }
}

/** An error whose text means nothing to everybody may mean something by what staff said of this provider. */
async function inItsWords(order: ClaimedOrder, reply: AddReply, said: string | undefined, { texts }: Uses): Promise<AddReply> {
  if (reply.kind !== 'unknown' || reply.text === undefined || said === undefined) return reply
  // What cannot be looked up is not known: the order was sent, and has to be written down.
  const meaning = await texts.meaningOf(order.providerId, said).catch((error: unknown) => {
    logWarning('meaning of an error not read', { cause: error instanceof Error ? error.name : typeof error })
    return undefined
  })
  return meaning === undefined || meaning === 'nothing' ? reply : { kind: meaning }
}

/**
 * To the service's next provider, when this one certainly does not have the order. False when no other may take it. If the
 * message is lost, the sweeper finds the order.
 */
async function goOn(order: ClaimedOrder, reason: OrderReason, { fallbacks, submit }: Uses, now: Date, said?: string) {
  const next = await fallbacks.failOver(order, { reason, said }, now)
  if (next === 'nobody') return false
  if (next !== 'late') {
    const { customerId, orderId, providerId } = next
    await submit.send([{ customerId, orderId, providerId }], () => providerId)
  }
  return true
}

export const handler = workQueue(submitOrder)
