import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId, type OrderId, orderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { iso } from '../../core/time.ts'
import { dueShards, keys, padded } from '../keys.ts'
import { queryAll } from '../query.ts'
import { id, integer, numberId } from '../read.ts'
import { table } from '../table.ts'
import type { NamedLeg } from '../transact.ts'

/** An order whose runs are to be looked at. Only a hint: what is to be done, the order itself says. */
export interface Due {
  readonly pk: string
  readonly sk: string
  readonly customerId: CustomerId
  readonly orderId: OrderId
  /** There is news of this run alone. */
  readonly run?: number | undefined
}

/** News of a run, as the table's stream has it. */
export interface RunNews {
  readonly customerId: CustomerId
  readonly orderId: OrderId
  readonly run: number
  readonly at: Date
  /** Tells two of one second apart. */
  readonly sequence: string
}

interface DueOrders {
  /** What is due by now, oldest first in each part of the list; another part comes first every minute. */
  until(now: Date): AsyncIterable<Due>
  /** It was looked at. */
  done(due: Due): Promise<void>
}

export const dueOrders = {
  allow: [{ on: 'table', actions: ['Query', 'DeleteItem'], keys: ['DUE#*'] }],
  open: () => ({
    async *until(now) {
      const first = Math.floor(now.getTime() / 60_000)
      for (let turn = 0; turn < dueShards; turn++) {
        const shard = (first + turn) % dueShards
        for await (const item of queryAll({
          KeyConditionExpression: 'pk = :shard AND sk < :now',
          ExpressionAttributeValues: { ':shard': keys.due(shard, now, '').pk, ':now': `${iso(now)}~` },
        }))
          yield dueItem.parse(item)
      }
    },
    async done({ pk, sk }) {
      const { db, name: TableName } = table()
      await db.send(new DeleteCommand({ TableName, Key: { pk, sk } }))
    },
  }),
} satisfies Need<DueOrders>

interface TellOfRuns {
  /** Has these runs counted at the next look. The same news twice does no harm. */
  tell(news: readonly RunNews[]): Promise<void>
}

export const tellOfRuns = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['DUE#*'] }],
  open: () => ({
    async tell(news) {
      const { db, name: TableName } = table()
      const put = ({ customerId, orderId, run, at, sequence }: RunNews) =>
        db.send(
          new PutCommand({
            TableName,
            Item: { ...keys.due(orderId % dueShards, at, `${padded(orderId)} ${run} ${sequence}`), customerId, orderId, run },
          }),
        )
      await Promise.all(news.map(put))
    },
  }),
} satisfies Need<TellOfRuns>

/** Has an order looked at then. Written with whatever makes it due, so that it is never forgotten. */
export const dueLeg = ({ customerId, orderId }: Pick<Order, 'customerId' | 'orderId'>, at: Date): NamedLeg => ({
  Put: { Item: { ...keys.due(orderId % dueShards, at, padded(orderId)), customerId, orderId } },
})

/** Whether it is the one that was written for this moment, and not an older one. */
export const isFor = ({ sk, orderId }: Due, at: Date): boolean => sk === keys.due(0, at, padded(orderId)).sk

/** Since when it is due. */
export const dueAt = ({ sk }: Due): Date => new Date(sk.slice(0, sk.indexOf(' ')))

const dueItem = z.object({
  pk: z.string(),
  sk: z.string(),
  customerId: id(customerId),
  orderId: numberId(orderId),
  run: z.optional(integer),
})
