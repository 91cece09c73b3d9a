import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { serviceTypeRule } from '../../core/catalogue/service-types.ts'
import { attempt, customerId, orderId, providerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import type { OrderPayload, OrderReason } from '../../core/orders/order.ts'
import type { Outgoing } from '../../core/protocol/outgoing.ts'
import { readAdd } from '../../core/protocol/replies.ts'
import { wordsOf } from '../../core/protocol/words.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { type ClaimedOrder, submitOrders } from '../../data/orders/submit-orders.ts'
import { pauseProviders, readProviders } from '../../data/providers.ts'
import type { Outcome } from '../../outside/providers/exchange.ts'
import { openKeys } from '../../outside/vault/seal-keys.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'
import { witnessAfter, witnessBefore, witnesses } from './submit-order-evidence.ts'

const message = z.object({ customerId: z.string(), orderId: z.int(), providerId: z.string() })

const uses = {
  orders: submitOrders,
  settle: settleOrders,
  providers: readProviders,
  pausing: pauseProviders,
  ...witnesses,
  vault: openKeys,
}

export const submitOrder = queueWorker({
  name: 'workers.submit-order',
  summary: 'Sends an accepted order to its provider, at most once',
  on: { kind: 'queue', queue: 'submit', batchSize: 10, atOnce: 20 },
  failing: { hurts: 'paid orders wait and are not sent', runbook: 'orders-not-sent' },
  timeoutSeconds: 60,
  read: (raw) => {
    const read = message.parse(raw)
    return { customerId: customerId(read.customerId), orderId: orderId(read.orderId), providerId: providerId(read.providerId) }
  },
  uses,

  async run({ message, uses, now, clock }) {
    const order = await uses.orders.claim(message.customerId, message.orderId, attempt(randomUUID()), now)
    // Somebody else has it, or it was sent: the message came twice.
    if (!order) return
    const ready = await prepare(order, uses, clock()).catch(async (error: unknown) => {
      // Nothing has left yet, so the order goes back, whatever it was.
      await uses.orders.release(order, now)
      throw error
    })
    if (ready === 'paused') {
      await uses.orders.park(order, 'provider-paused', now, undefined)
      return
    }
    const at = clock()
    const outcome = await uses.outside.call(ready.line, ready.outgoing)
    const overAt = clock()
    const doubt = await record(order, outcome, uses, overAt, ready.line.apiKey)
    if (doubt) await witnessAfter(order, { reason: doubt, outcome, before: ready.before, at, overAt }, ready.line, uses)
  },
})

type Uses = Opened<typeof uses>

async function prepare(order: ClaimedOrder, uses: Uses, now: Date) {
  const provider = await uses.providers.get(order.providerId)
  if (provider.status === 'paused') return 'paused'
  const payload = order.hasPayload ? await uses.orders.payload(order) : {}
  const apiKey = await uses.vault.open(provider.key, provider.providerId)
  const line = { url: provider.url, apiKey }
  return { line, outgoing: outgoing(order, payload), ...(await witnessBefore(order, provider, line, uses, now)) }
}

function outgoing(order: ClaimedOrder, payload: OrderPayload): Outgoing {
  const link = order.link ?? payload.link
  if (link === undefined) throw new Error(`order ${order.orderId} has no link`)
  return {
    action: 'add',
    service: order.providerServiceId,
    link,
    ...(serviceTypeRule(order.type).required.includes('quantity') ? { quantity: order.quantity } : {}),
    ...(payload.comments === undefined ? {} : { comments: payload.comments }),
  }
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
  const reply = readAdd(outcome)
  const said = wordsOf(outcome, apiKey)
  switch (reply.kind) {
    case 'ok':
      // Somebody else has settled it meanwhile: they have to hear of the number.
      if (!(await uses.orders.sent(order, reply.order, now))) await uses.sendings.note(order, now, { lateNumber: reply.order })
      return undefined
    case 'retry':
      await uses.orders.release(order, now)
      return undefined
    case 'refused':
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
      await uses.orders.park(order, 'key-refused', now, said)
      return undefined
    case 'misconfigured':
      await uses.pausing.pause(order.providerId)
      await uses.orders.park(order, 'provider-misconfigured', now, said)
      return undefined
    case 'unknown':
      await uses.orders.lose(order, 'answer-unclear', now, said)
      return 'answer-unclear'
  }
}

export const handler = workQueue(submitOrder)
