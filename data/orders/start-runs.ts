import type { Service } from '../../core/catalogue/service.ts'
import type { CustomerId, OrderId } from '../../core/ids.ts'
import { zero } from '../../core/money.ts'
import type { Need } from '../../core/need.ts'
import type { OrderReason } from '../../core/orders/order.ts'
import {
  chargeOfRun,
  countedOf,
  type FeedOrder,
  isFeed,
  isOver,
  isSameCount,
  nextCountAt,
  nextRunAt,
  perRun,
  recount,
} from '../../core/orders/runs.ts'
import { keys, padded } from '../keys.ts'
import { nextOrderId } from '../numbers.ts'
import { queryAll } from '../query.ts'
import { append, transact } from '../transact.ts'
import { dueLeg } from './due-orders.ts'
import { getOrder } from './get.ts'
import { newOrderItems } from './item.ts'
import { linkOf } from './payload.ts'
import { countLeg, feedLeg, getRun, readRun, runLeg } from './run-items.ts'

interface StartRuns {
  /** The order as it stands; undefined when there is none, or it has no runs of its own. */
  get(customer: CustomerId, order: OrderId): Promise<FeedOrder | undefined>
  /** Writes down what became of a run, with the order's sums and, where it was the last, its end. */
  count(customer: CustomerId, order: OrderId, run: number, now: Date): Promise<void>
  /** The same for every run that was under way when it was last counted. */
  countAll(order: FeedOrder, now: Date): Promise<void>
  /**
   * Starts the next run: an order of its own, which the order was paid for. Once, however many start it. False when the
   * order changed meanwhile.
   */
  start(order: FeedOrder, service: Service, now: Date): Promise<boolean>
  /** No run is started now; `reason` says why, where one was due. It is looked at again then. */
  wait(order: FeedOrder, until: Date, now: Date, reason: OrderReason | undefined): Promise<boolean>
}

export const startRuns = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['ORDER#*', 'PAYLOAD#*', 'RUN#*'] },
    { on: 'table', actions: ['Query'], keys: ['RUN#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['ORDER#*', 'PAYLOAD#*', 'RUN#*', 'DUE#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['ORDER#*', 'RUN#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['COUNTER'] },
    { on: 'table', actions: ['PutItem'], keys: ['BLOCK'] },
  ],
  open: () => ({
    async get(customer, number) {
      const order = await getOrder(customer, number)
      return order && isFeed(order) ? order : undefined
    },
    count,
    async countAll({ customerId, orderId }, now) {
      const runs = queryAll({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :order)',
        ExpressionAttributeValues: { ':pk': keys.run(customerId, orderId, 0).pk, ':order': `${padded(orderId)} ` },
        ConsistentRead: true,
      })
      for await (const item of runs) {
        const { run, state } = readRun(item)
        if (!isOver(state)) await count(customerId, orderId, run, now)
      }
    },
    start,
    async wait(order, until, now, reason) {
      const refused = await transact({
        order: feedLeg(order, { ...order.feed, nextAt: until }, now, { reason }),
        due: dueLeg(order, until),
      })
      return refused === undefined
    },
  }),
} satisfies Need<StartRuns>

async function count(customer: CustomerId, number: OrderId, run: number, now: Date): Promise<void> {
  for (;;) {
    const order = await getOrder(customer, number)
    if (!order || !isFeed(order)) return
    const seen = await getRun(order, run)
    const carriedOut = seen && (await getOrder(customer, seen.by))
    if (!carriedOut) return
    const is = countedOf(carriedOut)
    // Where it started, the first run says.
    const startCount = run === 1 && order.startCount === undefined ? carriedOut.startCount : undefined
    if (isSameCount(seen, is)) return
    const { feed, remains, refunded } = recount(order, seen, is)
    const refused = await transact({
      order: feedLeg(order, feed, now, { set: { remains, refunded, startCount }, reason: order.reason }),
      run: countLeg(order, seen, is),
    })
    if (refused === undefined) return
  }
}

async function start(order: FeedOrder, service: Service, now: Date): Promise<boolean> {
  const { customerId, orderId, runs, interval, feed } = order
  const run = feed.started + 1
  const link = await linkOf(order)
  if (link === undefined) throw new Error(`order ${orderId} has no link`)
  const nextAt = run < runs ? nextRunAt(feed.nextAt, now, interval) : nextCountAt({ ...order, changedAt: now }, now)
  for (;;) {
    const carriesOut = {
      orderId: await nextOrderId(now),
      customerId,
      serviceId: order.serviceId,
      type: order.type,
      quantity: perRun(order),
      charge: chargeOfRun(run, order),
      refunded: zero,
      ...(service.refillDays > 0 ? { refillDays: service.refillDays } : {}),
      state: 'accepted' as const,
      acceptedAt: now,
      changedAt: now,
      providerId: service.source.providerId,
      providerServiceId: service.source.providerServiceId,
      runOf: { order: orderId, run },
    }
    const items = newOrderItems(carriesOut, link, undefined)
    const { state, quantity: remains, refunded } = carriesOut
    const refused = await transact({
      order: feedLeg(order, { ...feed, started: run, nextAt }, now),
      run: runLeg(order, { run, by: carriesOut.orderId, state, remains, refunded }),
      child: append(items.order),
      ...(items.payload ? { payload: append(items.payload) } : {}),
      due: dueLeg(order, nextAt),
    })
    switch (refused) {
      case undefined:
        return true
      case 'order':
        return false
      case 'child':
        continue // The number is taken, as it can be after a restore: another one.
      case 'run':
      case 'payload':
      case 'due':
        throw new Error(`run ${run} of order ${orderId} was started, and the order does not know`)
    }
  }
}
