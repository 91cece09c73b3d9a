import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { serviceTypeRule } from '../../core/catalogue/service-types.ts'
import { attempt, customerId, orderId, providerId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import type { OrderPayload } from '../../core/orders/order.ts'
import type { Outgoing } from '../../core/protocol/outgoing.ts'
import { readAdd } from '../../core/protocol/replies.ts'
import { wordsOf } from '../../core/protocol/words.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { type ClaimedOrder, submitOrders } from '../../data/orders/submit-orders.ts'
import { pauseProviders, readProviders } from '../../data/providers.ts'
import { callProviders } from '../../outside/providers/call-providers.ts'
import type { Outcome } from '../../outside/providers/exchange.ts'
import { openKeys } from '../../outside/vault/seal-keys.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

const message = z.object({ customerId: z.string(), orderId: z.int(), providerId: z.string() })

const uses = {
  orders: submitOrders,
  settle: settleOrders,
  providers: readProviders,
  pausing: pauseProviders,
  vault: openKeys,
  outside: callProviders,
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
    const ready = await prepare(order, uses).catch(async (error: unknown) => {
      // Nothing has left yet, so the order goes back, whatever it was.
      await uses.orders.release(order, now)
      throw error
    })
    if (ready === 'paused') {
      await uses.orders.park(order, 'provider-paused', now, undefined)
      return
    }
    await record(order, await uses.outside.call(ready.line, ready.outgoing), uses, clock(), ready.line.apiKey)
  },
})

type Uses = Opened<typeof uses>

async function prepare(order: ClaimedOrder, uses: Uses) {
  const provider = await uses.providers.get(order.providerId)
  if (provider.status === 'paused') return 'paused'
  const payload = order.hasPayload ? await uses.orders.payload(order) : {}
  const apiKey = await uses.vault.open(provider.key, provider.providerId)
  return { line: { url: provider.url, apiKey }, outgoing: outgoing(order, payload) }
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

/** Writes down what came of the one call. What cannot be known is neither sent again nor refunded. */
async function record(order: ClaimedOrder, outcome: Outcome, uses: Uses, now: Date, apiKey: string): Promise<void> {
  if (outcome.kind === 'not-sent') {
    await uses.orders.release(order, now)
    return
  }
  if (outcome.kind === 'no-answer') {
    await uses.orders.lose(order, 'no-answer', now, undefined)
    return
  }
  const reply = readAdd(outcome)
  const said = wordsOf(outcome, apiKey)
  switch (reply.kind) {
    case 'ok':
      await uses.orders.sent(order, reply.order, now)
      return
    case 'retry':
      await uses.orders.release(order, now)
      return
    case 'refused':
      await uses.settle.refuse(order, 'provider-refused', now, said)
      return
    case 'link-busy':
      // Staff sent it again, and something for this link is under way: perhaps the order itself, from the time before.
      if (order.sentAgain) await uses.orders.lose(order, 'link-busy', now, said)
      else await uses.orders.park(order, 'link-busy', now, said)
      return
    case 'out-of-funds':
      await uses.orders.park(order, 'out-of-funds', now, said)
      return
    case 'key-refused':
      await uses.pausing.pause(order.providerId)
      await uses.orders.park(order, 'key-refused', now, said)
      return
    case 'misconfigured':
      await uses.pausing.pause(order.providerId)
      await uses.orders.park(order, 'provider-misconfigured', now, said)
      return
    case 'unknown':
      await uses.orders.lose(order, 'answer-unclear', now, said)
      return
  }
}

export const handler = workQueue(submitOrder)
