import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Order } from '../../core/orders/order.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { padded } from '../keys.ts'
import { schema } from '../schema.ts'
import { table } from '../table.ts'
import { getOrders } from './get.ts'
import type { OrderPage } from './read-orders.ts'

/** A partition of one of the indexes, or a span of it: `from` and `to` are compared with the table's `acceptedAt`. */
export interface List {
  readonly index: keyof typeof schema.indexes
  readonly list: string
  readonly from?: string
  readonly to?: string
  /** Of the index of open orders: only those whose last report begins so. */
  readonly heard?: string
}

interface Reading {
  readonly cursor: string | undefined
  readonly limit: number
  readonly forward?: boolean
  /** Which of the orders are wanted, as they stand; all where it is left out. */
  readonly wanted?: (order: Order) => boolean
}

/** Rows read of each list for one page, at most: what is rare is not searched for in one call. A short page goes on. */
const mostSeen = 1_000
/** Rows of each list in one query, and orders in one reading. */
const atOnce = 100

/** A page of the orders on several lists, in one order: by when they were accepted. */
export async function pageOf(lists: readonly List[], { cursor, limit, forward = false, wanted }: Reading): Promise<OrderPage> {
  let at = cursor === undefined ? undefined : readCursor(place, cursor).at
  const orders: Order[] = []
  for (let seen = 0; seen < mostSeen; seen += atOnce) {
    const { rows, next } = await merged(lists, at, wanted ? atOnce : Math.min(atOnce, limit), forward)
    for (let first = 0; first < rows.length; first += atOnce) {
      const batch = rows.slice(first, first + atOnce)
      const byNumber = new Map((await getOrders(batch)).map((order) => [padded(order.orderId), order]))
      for (const { sk, acceptedAt } of batch) {
        const order = byNumber.get(sk)
        if (order && (!wanted || wanted(order))) orders.push(order)
        const isLast = next === undefined && acceptedAt === rows.at(-1)?.acceptedAt
        if (orders.length === limit) return { orders, cursor: isLast ? undefined : writeCursor({ at: acceptedAt }) }
      }
    }
    if (next === undefined) return { orders, cursor: undefined }
    at = next
  }
  return { orders, cursor: at && writeCursor({ at }) }
}

const place = z.object({ at: z.string().check(z.maxLength(40)) })
const row = z.object({ pk: z.string(), sk: z.string(), acceptedAt: z.string() })
type Row = z.output<typeof row>

/**
 * The rows of all lists that come next after `at`, and how far that reaches: as far as the list that was read the least
 * far. Without `next` there is nothing more.
 */
async function merged(
  lists: readonly List[],
  at: string | undefined,
  limit: number,
  forward: boolean,
): Promise<{ readonly rows: readonly Row[]; readonly next: string | undefined }> {
  const isBefore = (a: string, b: string): boolean => (forward ? a < b : a > b)
  const read = await Promise.all(lists.map((list) => rowsOf(list, at, limit, forward)))
  const reached = read.flatMap(({ reaches }) => reaches ?? []).toSorted((a, b) => (isBefore(a, b) ? -1 : 1))[0]
  // An order that is on two lists, because one of them lags behind, is one row.
  const found = new Map(read.flatMap(({ rows }) => rows).map((row) => [row.acceptedAt, row]))
  const rows = [...found.values()]
    .filter(({ acceptedAt }) => reached === undefined || acceptedAt === reached || isBefore(acceptedAt, reached))
    .toSorted((a, b) => (isBefore(a.acceptedAt, b.acceptedAt) ? -1 : 1))
  return { rows, next: reached }
}

async function rowsOf(
  { index, list, from = '0', to = '~', heard }: List,
  at: string | undefined,
  limit: number,
  forward: boolean,
): Promise<{ readonly rows: readonly Row[]; readonly reaches: string | undefined }> {
  const low = forward && at !== undefined && at > from ? at : from
  const high = !forward && at !== undefined && at < to ? at : to
  if (low > high) return { rows: [], reaches: undefined }
  const { partitionKey, sortKey } = schema.indexes[index]
  const { db, name: TableName } = table()
  const { Items = [], LastEvaluatedKey } = await db.send(
    new QueryCommand({
      TableName,
      IndexName: index,
      KeyConditionExpression: `${partitionKey} = :list AND ${sortKey} BETWEEN :low AND :high`,
      ExpressionAttributeValues: {
        ':list': list,
        ':low': low,
        ':high': high,
        ...(heard === undefined ? {} : { ':heard': heard }),
      },
      ...(heard === undefined ? {} : { FilterExpression: 'begins_with(heard, :heard)' }),
      ScanIndexForward: forward,
      // One more: the row at which the page before ended is read again.
      Limit: limit + 1,
    }),
  )
  return {
    rows: Items.map((item) => row.parse(item)).filter(({ acceptedAt }) => acceptedAt !== at),
    reaches: LastEvaluatedKey && z.string().parse(LastEvaluatedKey[sortKey]),
  }
}
