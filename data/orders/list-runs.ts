import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { keys, padded } from '../keys.ts'
import { table } from '../table.ts'
import { getOrders } from './get.ts'
import type { OrderPage } from './read-orders.ts'
import { readRun } from './run-items.ts'

interface ListRuns {
  /** The orders that carry out the runs of this one, the latest run first. */
  page(order: Order, cursor: string | undefined, limit: number): Promise<OrderPage>
}

export const listRuns = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['RUN#*'] },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    async page({ customerId, orderId }, cursor, limit) {
      const { db, name: TableName } = table()
      const { pk } = keys.run(customerId, orderId, 0)
      const below = cursor === undefined ? '~' : readCursor(place, cursor).below
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :below',
          ExpressionAttributeValues: { ':pk': pk, ':first': `${padded(orderId)} `, ':below': `${padded(orderId)} ${below}` },
          ScanIndexForward: false,
          Limit: limit,
        }),
      )
      const runs = Items.map(readRun)
      const last = runs.at(-1)
      const orders = runs.length > 0 ? await getOrders(runs.map(({ by }) => keys.order(customerId, by))) : []
      return {
        orders: orders.toSorted((one, other) => (other.runOf?.run ?? 0) - (one.runOf?.run ?? 0)),
        cursor: LastEvaluatedKey && last && last.run > 1 ? writeCursor({ below: padded(last.run - 1) }) : undefined,
      }
    },
  }),
} satisfies Need<ListRuns>

const place = z.object({ below: z.string().check(z.regex(/^\d{10}$/)) })
