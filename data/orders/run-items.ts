import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type OrderId, orderId } from '../../core/ids.ts'
import type { Order, OrderReason } from '../../core/orders/order.ts'
import { type Counted, endOf, type Feed, type FeedOrder } from '../../core/orders/runs.ts'
import { mayGo, orderStates } from '../../core/orders/states.ts'
import { keys } from '../keys.ts'
import { integer, micros, numberId } from '../read.ts'
import { table } from '../table.ts'
import { append, type NamedLeg } from '../transact.ts'
import { move, writeFeed } from './item.ts'

/** A run: the order that carries it out, and what has been counted of that. */
export interface RunItem extends Counted {
  readonly run: number
  readonly by: OrderId
}

const runItem = z.object({
  run: integer,
  by: numberId(orderId),
  state: z.enum(orderStates),
  remains: integer,
  refunded: micros,
})
export const readRun = (item: unknown): RunItem => runItem.parse(item)

export async function getRun({ customerId, orderId }: Order, run: number): Promise<RunItem | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.run(customerId, orderId, run), ConsistentRead: true }))
  return Item && readRun(Item)
}

/** Written once for each run of an order: nothing starts the same run twice. */
export const runLeg = ({ customerId, orderId }: Order, run: RunItem): NamedLeg =>
  append({ ...keys.run(customerId, orderId, run.run), ...run })

/** The run counted anew; only over what was seen. */
export const countLeg = ({ customerId, orderId }: Order, seen: RunItem, is: Counted): NamedLeg => ({
  Update: {
    Key: keys.run(customerId, orderId, seen.run),
    UpdateExpression: 'SET #state = :state, #remains = :remains, refunded = :refunded',
    ConditionExpression: '#state = :wasState AND #remains = :wasRemains AND refunded = :wasRefunded',
    ExpressionAttributeNames: { '#state': 'state', '#remains': 'remains' },
    ExpressionAttributeValues: {
      ':state': is.state,
      ':remains': is.remains,
      ':refunded': is.refunded,
      ':wasState': seen.state,
      ':wasRemains': seen.remains,
      ':wasRefunded': seen.refunded,
    },
  },
})

interface More {
  readonly set?: Readonly<Record<string, unknown>>
  /** Why no run is started. */
  readonly reason?: OrderReason | undefined
}

/** The order with its runs come so far: ended, where that follows. Only over what was seen. */
export function feedLeg(order: FeedOrder, next: Feed, at: Date, { set, reason }: More = {}): NamedLeg {
  const end = endOf(next, order.runs)
  const name = end ?? 'start'
  if (!mayGo(name, order.state)) throw new Error(`order ${order.orderId} is ${order.state}, and its runs say ${name}`)
  const stays = end === undefined && reason !== undefined
  return {
    Update: move(order, name, at, {
      reason: stays ? reason : undefined,
      set: { ...set, feed: writeFeed({ ...next, turn: order.feed.turn + 1 }) },
      remove: [...(stays ? [] : ['reason']), ...(end === undefined ? [] : ['openOn'])],
      only: { state: order.state, refunded: order.refunded, feed: writeFeed(order.feed) },
    }),
  }
}
