import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { OrderId, ProviderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { iso, later } from '../../core/time.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { acceptedOn, acceptedShards, openLists, padded } from '../keys.ts'
import { blockLifeSeconds } from '../numbers.ts'
import { queryAll } from '../query.ts'
import { time } from '../read.ts'
import { table } from '../table.ts'
import { getOrder, getOrders } from './get.ts'
import { readOrderKey } from './open-orders.ts'
import type { OrderPage } from './read-orders.ts'
import { daysBetween } from './sweep-orders.ts'

interface FindOrders {
  /** An order by its number alone, whoever's it is. */
  byNumber(order: OrderId): Promise<Order | undefined>
  /** A page of the orders of a day (UTC), newest first. */
  ofDay(day: string, cursor: string | undefined, limit: number): Promise<OrderPage>
  /** A page of the orders that a person has to look at, oldest first: unknown outcomes, and what these providers left in doubt. */
  needingStaff(providers: readonly ProviderId[], cursor: string | undefined, limit: number): Promise<OrderPage>
}

/** For staff: these look across customers. */
export const findOrders = {
  allow: [
    { on: 'index', index: 'accepted' },
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['Query'], keys: ['BLOCK'] },
    { on: 'table', actions: ['GetItem', 'BatchGetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    async byNumber(order) {
      const takenAt = await blockOf(order)
      if (!takenAt) return undefined
      const until = later(takenAt, blockLifeSeconds + marginSeconds)
      for (const day of daysBetween(takenAt, until)) {
        const key = await withNumber(order, acceptedOn(day, order % acceptedShards), takenAt, until)
        if (key) return getOrder(key.customerId, key.orderId)
      }
      return undefined
    },
    async ofDay(day, cursor, limit) {
      const before = cursor === undefined ? '~' : readCursor(place, cursor).at
      const shards = Array.from({ length: acceptedShards }, (_, shard) => acceptedOn(day, shard))
      const found = (await Promise.all(shards.map((on) => newest(on, before, limit)))).flat()
      const page = found.sort((a, b) => (a.acceptedAt < b.acceptedAt ? 1 : -1)).slice(0, limit)
      return asPage(page, found.length > limit || page.length === limit)
    },
    async needingStaff(providers, cursor, limit) {
      const after = cursor === undefined ? '0' : readCursor(place, cursor).at
      const lists = [openLists.unknown(), ...providers.map(openLists.doubtful)]
      const oldest = (list: string) => query('open', 'openOn', list, 'acceptedAt > :bound', after, limit, true)
      const found = (await Promise.all(lists.map(oldest))).flat()
      const page = found.sort((a, b) => (a.acceptedAt < b.acceptedAt ? -1 : 1)).slice(0, limit)
      return asPage(page, page.length === limit)
    },
  }),
} satisfies Need<FindOrders>

/** Clocks of two instances differ, and a number is taken a moment before it is used. */
const marginSeconds = 60

const place = z.object({ at: z.string().check(z.maxLength(40)) })
const blockItem = z.object({ takenAt: time })
const indexItem = z.object({ pk: z.string(), sk: z.string(), acceptedAt: z.string() })
type Found = z.output<typeof indexItem>

/** When the block this number is from was taken: the order was placed within the block's life after that. */
async function blockOf(order: OrderId): Promise<Date | undefined> {
  const { db, name: TableName } = table()
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :block AND sk <= :number',
      ExpressionAttributeValues: { ':block': 'BLOCK', ':number': padded(order) },
      ScanIndexForward: false,
      Limit: 1,
    }),
  )
  return Items[0] && blockItem.parse(Items[0]).takenAt
}

async function withNumber(order: OrderId, on: string, from: Date, to: Date) {
  const within = queryAll({
    IndexName: 'accepted',
    KeyConditionExpression: 'acceptedOn = :on AND acceptedAt BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':on': on, ':from': iso(from), ':to': iso(to) },
  })
  for await (const item of within) {
    const key = readOrderKey(indexItem.parse(item))
    if (key.orderId === order) return key
  }
  return undefined
}

const newest = (on: string, before: string, limit: number): Promise<Found[]> =>
  query('accepted', 'acceptedOn', on, 'acceptedAt < :bound', before, limit, false)

async function query(
  index: 'accepted' | 'open',
  attribute: string,
  list: string,
  bound: string,
  at: string,
  limit: number,
  forward: boolean,
): Promise<Found[]> {
  const { db, name: TableName } = table()
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      IndexName: index,
      KeyConditionExpression: `${attribute} = :list AND ${bound}`,
      ExpressionAttributeValues: { ':list': list, ':bound': at },
      ScanIndexForward: forward,
      Limit: limit,
    }),
  )
  return Items.map((item) => indexItem.parse(item))
}

async function asPage(found: readonly Found[], more: boolean): Promise<OrderPage> {
  const orders = await getOrders(found.map(({ pk, sk }) => ({ pk, sk })))
  const byNumber = new Map(orders.map((order) => [padded(order.orderId), order]))
  const last = found.at(-1)
  return {
    orders: found.flatMap(({ sk }) => byNumber.get(sk) ?? []),
    cursor: more && last ? writeCursor({ at: last.acceptedAt }) : undefined,
  }
}
