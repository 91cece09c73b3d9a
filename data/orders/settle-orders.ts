import type { CustomerId, OrderId, ProviderOrderId } from '../../core/ids.ts'
import { minus, plus } from '../../core/money.ts'
import type { Need } from '../../core/need.ts'
import { type Consequence, consequence, digest, type StatusReport } from '../../core/orders/heard.ts'
import type { Order, OrderReason } from '../../core/orders/order.ts'
import { pollShards } from '../../core/orders/polling.ts'
import { isAtProvider } from '../../core/orders/states.ts'
import { keys, openLists } from '../keys.ts'
import { getOrder } from './get.ts'
import { giveBack, mayRefund } from './give-back.ts'
import { change, move, update, written } from './item.ts'
import { type ClaimedOrder, withoutWords } from './submit-orders.ts'

interface SettleOrders {
  /**
   * Writes what follows from a provider's report, refunds included, each exactly once: hearing the same again, or twice
   * at the same time, changes nothing. What was said of another number than the order's own is not heard.
   */
  hear(customer: CustomerId, order: OrderId, report: StatusReport, now: Date, number?: ProviderOrderId): Promise<Consequence>
  /**
   * Puts an order under way before staff without changing where it stands; it is asked about as before. What was said of
   * another number than the order's own is not heard.
   */
  flag(customer: CustomerId, order: OrderId, reason: OrderReason, now: Date, number?: ProviderOrderId): Promise<void>
  /**
   * Nobody takes the order: the whole charge goes back. `said` is what the provider answered, in its own words. False when
   * this attempt no longer has a say.
   */
  refuse(order: ClaimedOrder, reason: OrderReason, now: Date, said: string | undefined): Promise<boolean>
}

export const settleOrders = {
  allow: mayRefund,
  open: () => ({
    async hear(customer, orderId, report, now, number?: ProviderOrderId) {
      for (;;) {
        const order = await getOrder(customer, orderId)
        if (!order) throw new Error(`order ${orderId} is on a list of open orders and does not exist`)
        if (number !== undefined && number !== order.providerOrderId) return { kind: 'nothing' }
        const follows = consequence(order, report)
        if (await carriedOut(order, follows, report, now)) return follows
      }
    },
    async flag(customer, orderId, reason, now, number?: ProviderOrderId) {
      const order = await getOrder(customer, orderId)
      if (order && number !== undefined && number !== order.providerOrderId) return
      // The list it was found on lags behind; and what it is before staff for already says more.
      if (order && isAtProvider(order.state) && order.reason === undefined) await flag(order, reason, now)
    },
    async refuse(order, reason, now, said) {
      const whole = minus(order.charge, order.refunded)
      const update = move(order, 'refuse', now, {
        reason,
        set: { said, refunded: order.charge, remains: order.quantity },
        remove: ['leaseUntil', 'openOn', ...withoutWords(said)],
        attempt: order.attempt,
      })
      return giveBack({ order, amount: whole, remains: order.quantity, orderLeg: { Update: update }, at: now })
    },
  }),
} satisfies Need<SettleOrders>

/** False when the order changed in between: read it again. */
async function carriedOut(order: Order, follows: Consequence, report: StatusReport, now: Date): Promise<boolean> {
  const heard = digest(report, order.quantity)
  switch (follows.kind) {
    case 'nothing':
      return true
    case 'attention':
      return flag(order, follows.reason, now, { heard, said: report.said })
    case 'moved': {
      const { transition, startCount, remains } = follows
      const done = transition === 'complete'
      const set = { startCount, remains, ...(done ? {} : { heard }), ...(order.reason && !done ? { openOn: pollList(order) } : {}) }
      const remove = ['reason', 'said', ...(done ? ['openOn', 'heard'] : [])]
      return (await change(order, transition, now, { set, remove, only: asRead(order) })) !== undefined
    }
    case 'refund': {
      const { transition, startCount, remains, amount } = follows
      const set = { startCount, remains, refunded: plus(order.refunded, amount) }
      const only = { refunded: order.refunded, ...asRead(order) }
      const update = move(order, transition, now, { set, remove: ['reason', 'said', 'openOn', 'heard'], only })
      return giveBack({ order, amount, remains, orderLeg: { Update: update }, at: now })
    }
  }
}

/** It stands as it was read, under the number that was asked about. */
const asRead = ({ state, providerOrderId }: Order) => ({ state, ...(providerOrderId === undefined ? {} : { providerOrderId }) })

/** False when the order moved on in between. */
async function flag(
  order: Order,
  reason: OrderReason,
  now: Date,
  said: { readonly heard?: string; readonly said?: string | undefined } = {},
): Promise<boolean> {
  const set = Object.entries({
    ...said,
    reason,
    openOn: openLists.doubtful(order.providerId),
    history: written(order, { state: order.state, at: now, reason }),
  }).filter(([, value]) => value !== undefined)
  // Staff may settle it at this very moment: what they did is neither undone nor left out of its history.
  const seen = Object.entries({ ...asRead(order), refunded: order.refunded, reason: order.reason })
  const is = (name: string, value: unknown): string =>
    value === undefined ? `attribute_not_exists(#${name})` : `#${name} = :seen_${name}`
  const flagged = await update({
    Key: keys.order(order.customerId, order.orderId),
    UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}${said.said === undefined ? ' REMOVE said' : ''}`,
    ConditionExpression: seen.map(([name, value]) => is(name, value)).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries([...set, ...seen].map(([name]) => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries([
      ...set.map(([name, value]) => [`:${name}`, value]),
      ...seen.filter(([, value]) => value !== undefined).map(([name, value]) => [`:seen_${name}`, value]),
    ]),
    ReturnValues: 'ALL_NEW',
  })
  return flagged !== undefined
}

export const pollList = ({ providerId, orderId }: Order): string => openLists.poll(providerId, orderId % pollShards)
