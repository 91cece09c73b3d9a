import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId, OrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order, OrderPayload } from '../../core/orders/order.ts'
import { later } from '../../core/time.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { acceptedAt, keys, padded } from '../keys.ts'
import { blockLifeSeconds } from '../numbers.ts'
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
  /** A page, newest first. A page of some of the orders may be short and still not be the last. */
  page(customer: CustomerId, isWanted: (order: Order) => boolean, cursor: string | undefined, limit: number): Promise<OrderPage>
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
    page: (customer, isWanted, cursor, limit) => pageByTime(`ORDER#${customer}`, isWanted, cursor, limit),
  }),
} satisfies Need<ReadOrders>

/** Items looked at for one page, at most: a rare group among many orders is not searched for in one call. */
const mostSeen = 1_000

/** Numbers are handed out in blocks that several instances use up side by side, so by number is by time only to within this. */
const disorderSeconds = blockLifeSeconds + 60

const place = z.object({
  /** Rows up to this one have been handed out: `acceptedAt` of the table, which ends in the number. */
  after: z.string().check(z.maxLength(40)),
  /** Where reading goes on: every row not handed out yet has a lower number. */
  below: z.string().check(z.regex(/^\d{10,11}$/)),
})

/**
 * A page, newest first. The table is read by number; reading goes on until whatever is left must be older than the
 * page's last row.
 */
async function pageByTime(
  pk: string,
  isWanted: (order: Order) => boolean,
  cursor: string | undefined,
  limit: number,
): Promise<OrderPage> {
  const from = cursor === undefined ? undefined : readCursor(place, cursor)
  const waiting: Order[] = []
  let below = from?.below
  for (let seen = 0; seen < mostSeen; ) {
    const { orders, more } = await query(pk, below, limit + 5)
    seen += orders.length
    waiting.push(...orders.filter((order) => isAfter(order, from?.after) && isWanted(order)))
    waiting.sort(newestFirst)
    below = more
    const settled = later(orders.at(-1)?.acceptedAt ?? new Date(0), disorderSeconds)
    const last = waiting[limit - 1]
    if (more === undefined || (last && last.acceptedAt > settled)) break
  }
  const rows = waiting.slice(0, limit)
  const rest = waiting.slice(limit)
  if (below === undefined && rest.length === 0) return { orders: rows, cursor: undefined }
  const highest = Math.max(...rest.map(({ orderId }) => orderId + 1), Number(below ?? 0))
  const last = rows.at(-1)
  return { orders: rows, cursor: writeCursor({ after: last ? mark(last) : (from?.after ?? '~'), below: padded(highest) }) }
}

const mark = (order: Order): string => acceptedAt(order.acceptedAt, order.orderId)
const newestFirst = (a: Order, b: Order): number => (mark(a) < mark(b) ? 1 : -1)
const isAfter = (order: Order, after: string | undefined): boolean => after === undefined || mark(order) < after

async function query(pk: string, below: string | undefined, limit: number) {
  const { db, name: TableName } = table()
  const { Items = [], LastEvaluatedKey } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ScanIndexForward: false,
      Limit: limit,
      ...(below === undefined ? {} : { ExclusiveStartKey: { pk, sk: below } }),
    }),
  )
  return { orders: Items.map(readOrder), more: LastEvaluatedKey && z.string().parse(LastEvaluatedKey['sk']) }
}
