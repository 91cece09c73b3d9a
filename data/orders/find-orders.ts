import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { OrderId, ProviderId, ProviderOrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { iso, later } from '../../core/time.ts'
import { acceptedOn, acceptedShards, linkKey, padded, upstreamKey } from '../keys.ts'
import { blockLifeSeconds } from '../numbers.ts'
import { queryAll } from '../query.ts'
import { time } from '../read.ts'
import { table } from '../table.ts'
import { getOrder } from './get.ts'
import { pageOf } from './lists.ts'
import { readOrderKey } from './open-orders.ts'
import type { OrderPage } from './read-orders.ts'
import { daysBetween } from './sweep-orders.ts'

interface OrderByNumber {
  /** An order by its number alone, whoever's it is. */
  get(order: OrderId): Promise<Order | undefined>
}

/** For staff: this looks across customers, as what follows does. */
export const orderByNumber = {
  allow: [
    { on: 'index', index: 'accepted' },
    { on: 'table', actions: ['Query'], keys: ['BLOCK'] },
    { on: 'table', actions: ['GetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    async get(order) {
      const takenAt = await blockOf(order)
      if (!takenAt) return undefined
      const until = later(takenAt, blockLifeSeconds + marginSeconds)
      for (const day of daysBetween(takenAt, until)) {
        const key = await withNumber(order, acceptedOn(day, order % acceptedShards), takenAt, until)
        if (key) return getOrder(key.customerId, key.orderId)
      }
      return undefined
    },
  }),
} satisfies Need<OrderByNumber>

interface FindOrders {
  /** Orders whose link leads to the same target, however it was spelled, newest first. */
  byLink(link: string, cursor: string | undefined, limit: number): Promise<OrderPage>
  /** Orders that go by this number at one of these providers, newest first. */
  byUpstream(
    providers: readonly ProviderId[],
    number: ProviderOrderId,
    cursor: string | undefined,
    limit: number,
  ): Promise<OrderPage>
}

export const findOrders = {
  allow: [
    { on: 'index', index: 'link' },
    { on: 'index', index: 'upstream' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    byLink: (link, cursor, limit) => pageOf([{ index: 'link', list: linkKey(link) }], { cursor, limit }),
    byUpstream: (providers, number, cursor, limit) =>
      pageOf(
        providers.map((provider) => ({ index: 'upstream', list: upstreamKey(provider, number) })),
        { cursor, limit },
      ),
  }),
} satisfies Need<FindOrders>

/** Clocks of two instances differ, and a number is taken a moment before it is used. */
const marginSeconds = 60

const blockItem = z.object({ takenAt: time })
const indexItem = z.object({ pk: z.string(), sk: z.string() })

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
