import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { OrderId, ProviderId, ProviderOrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { iso, later } from '../../core/time.ts'
import { acceptedOn, acceptedShards, padded } from '../keys.ts'
import { blockLifeSeconds } from '../numbers.ts'
import { time } from '../read.ts'
import { table } from '../table.ts'
import { daysBetween, onList } from './accepted.ts'
import { mayLookUpNumbers, pageOfPlaces, placesOfLink, placesOfNumber } from './card-index.ts'
import { getOrder } from './get.ts'
import { readOrderKey } from './open-orders.ts'
import type { OrderPage } from './read-orders.ts'

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
        const list = onList(acceptedOn(day, order % acceptedShards), iso(takenAt), iso(until))
        for await (const row of list) if (row.sk === padded(order)) return getOrder(readOrderKey(row).customerId, order)
      }
      return undefined
    },
  }),
} satisfies Need<OrderByNumber>

interface FindOrders {
  /** Orders whose link leads to the same target, however it was spelled, newest first. */
  byLink(link: string, now: Date, cursor: string | undefined, limit: number): Promise<OrderPage>
  /** Orders that go by this number at one of these providers, newest first. */
  byUpstream(
    providers: readonly ProviderId[],
    number: ProviderOrderId,
    now: Date,
    cursor: string | undefined,
    limit: number,
  ): Promise<OrderPage>
}

export const findOrders = {
  allow: mayLookUpNumbers,
  open: () => ({
    byLink: async (link, now, cursor, limit) => pageOfPlaces(await placesOfLink(link, now), { cursor, limit }),
    byUpstream: async (providers, number, now, cursor, limit) =>
      pageOfPlaces(await placesOfNumber(providers, number, now), { cursor, limit }),
  }),
} satisfies Need<FindOrders>

/** Clocks of two instances differ, and a number is taken a moment before it is used. */
const marginSeconds = 60

const blockItem = z.object({ takenAt: time })

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
