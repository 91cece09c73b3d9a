import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId, OrderId } from '../../core/ids.ts'
import { orderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order, OrderPayload } from '../../core/orders/order.ts'
import { type OrderGroup, orderGroups } from '../../core/orders/states.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { keys, padded } from '../keys.ts'
import { table } from '../table.ts'
import { getOrder, getOrders } from './get.ts'
import { readOrder, readPayload } from './item.ts'

export interface OrderPage {
  readonly orders: readonly Order[]
  /** Where older orders begin; undefined on the last page. */
  readonly cursor: string | undefined
}

interface ReadOrders {
  /** One order of this customer's; undefined when there is none, or it is somebody else's. */
  get(customer: CustomerId, order: OrderId): Promise<Order | undefined>
  payload(order: Order): Promise<OrderPayload>
  /** Several at once, in no order: those that are this customer's. At most 100. */
  some(customer: CustomerId, orders: readonly OrderId[]): Promise<Order[]>
  /** A page, newest first. A page of one group may be short and still not be the last. */
  page(customer: CustomerId, group: OrderGroup | undefined, cursor: string | undefined, limit: number): Promise<OrderPage>
}

export const readOrders = {
  allow: [
    { on: 'table', actions: ['GetItem', 'BatchGetItem', 'Query'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['GetItem'], keys: ['PAYLOAD#*'] },
  ],
  open: () => ({
    get: getOrder,
    async payload(order) {
      if (!order.hasPayload) return {}
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.payload(order.customerId, order.orderId) }))
      return readPayload(Item)
    },
    some: (customer, orders) => getOrders(orders.map((order) => keys.order(customer, order))),
    async page(customer, group, cursor, limit) {
      const pk = `ORDER#${customer}`
      const orders: Order[] = []
      let after = cursor === undefined ? undefined : padded(readCursor(place, cursor).after)
      // A rare group among many orders is not searched for in one call: the page ends, and the cursor goes on.
      for (let seen = 0; seen < mostSeen && orders.length < limit; ) {
        const { Items = [], more } = await query(pk, after, Math.max(limit - orders.length, group ? 100 : 0))
        seen += Items.length
        for (const item of Items) {
          const order = readOrder(item)
          if (orders.length === limit) return { orders, cursor: cursorAfter(orders) }
          if (!group || orderGroups[group].some((state) => state === order.state)) orders.push(order)
        }
        if (more === undefined) return { orders, cursor: undefined }
        after = more
      }
      return { orders, cursor: after === undefined ? undefined : writeCursor({ after: String(Number(after)) }) }
    },
  }),
} satisfies Need<ReadOrders>

/** Items looked at for one page, at most. */
const mostSeen = 1_000

const place = z.object({
  after: z.pipe(
    z.string().check(z.regex(/^\d{1,10}$/)),
    z.transform((digits: string) => orderId(Number(digits))),
  ),
})

const cursorAfter = (orders: readonly Order[]): string | undefined => {
  const last = orders.at(-1)
  return last && writeCursor({ after: String(last.orderId) })
}

async function query(pk: string, after: string | undefined, limit: number) {
  const { db, name: TableName } = table()
  const { Items, LastEvaluatedKey } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: false,
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after } }),
    }),
  )
  return { Items, more: LastEvaluatedKey && z.string().parse(LastEvaluatedKey['sk']) }
}
