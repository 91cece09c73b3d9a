import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { formatMoney, minus } from '../../core/money.ts'
import type { Opened } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { textMeanings } from '../../core/protocol/error-texts.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { readErrorTexts } from '../../data/error-texts.ts'
import { hangingOrders } from '../../data/orders/hanging-orders.ts'
import { sendOn } from '../../data/orders/send-on.ts'
import { settleOutcomes } from '../../data/orders/settle-outcomes.ts'
import type { Decision } from '../../data/orders/staff-decisions.ts'
import { submitQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo, requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

/** Each is a write of its own, one after the other: so many fit well into a call. */
const mostAtOnce = 25

const uses = { texts: readErrorTexts, hanging: hangingOrders, outcomes: settleOutcomes, sending: sendOn, submit: submitQueue }

export const settleErrorText = endpoint({
  name: 'admin.settle-error-text',
  route: 'POST /api/admin/providers/{providerId}/error-texts/{textId}/orders',
  summary:
    'Settle orders that hang on an error by what staff said it means: a refusal gives the money back, all else sends them again. What changed since it was seen is left alone',
  who: staff('admin.settle-error-text'),
  body: z.object({
    meaning: z.enum(textMeanings),
    orders: z
      .array(z.object({ orderId: z.int().check(z.positive()), changedAt: z.string().check(z.maxLength(30)) }))
      .check(z.minLength(1), z.maxLength(mostAtOnce)),
    memo,
    requestId,
  }),
  returns: z.object({ settled: z.int(), left: z.int() }),
  refuses: ['error-text-not-found', 'changed-meanwhile'],
  uses,

  async run({ caller, path, body, uses, now }) {
    const provider = providerId(path.providerId)
    const { text, meaning } = await uses.texts.get(provider, path.textId)
    if (meaning !== body.meaning || meaning === 'nothing') throw new Refusal('changed-meanwhile')
    const wanted = new Map(body.orders.map(({ orderId, changedAt }) => [orderId, changedAt]))
    let settled = 0
    for await (const order of uses.hanging.on(provider, text)) {
      const changedAt = wanted.get(order.orderId)
      if (changedAt === undefined) continue
      const decision = {
        order,
        seen: { state: 'unknown' as const, reason: 'error-unclassified' as const, changedAt },
        requestId: body.requestId,
        audit: {
          by: caller.staffId,
          action: 'admin.settle-error-text',
          on: `order ${order.orderId}`,
          why: body.memo,
          before: { state: order.state, refunded: formatMoney(order.refunded), text },
          after: { meaning },
        },
        at: now,
      }
      if (await isSettled(order, decision, meaning === 'refused', uses)) settled++
    }
    return { settled, left: wanted.size - settled }
  },
})

/** False for an order that somebody else was first with: it is left alone. */
async function isSettled(order: Order, decision: Decision, isRefusal: boolean, { outcomes, sending, submit }: Opened<typeof uses>) {
  try {
    if (isRefusal) await outcomes.settle(decision, 'canceled', undefined, minus(order.charge, order.refunded))
    else {
      await sending.sendAgain(decision, 'not taken')
      const { customerId, orderId, providerId } = order
      await submit.send([{ customerId, orderId, providerId }], () => providerId)
    }
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

export const handler = serve(settleErrorText)
