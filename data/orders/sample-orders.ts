import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { iso, later } from '../../core/time.ts'
import { acceptedOn, acceptedShards } from '../keys.ts'
import { table } from '../table.ts'
import { daysBetween } from './accepted.ts'
import { getOrders } from './get.ts'

/** Orders read of one shard of one day, at most: what this costs does not grow with what is sold. */
const mostOfAShard = 168
/** Where a shard has more, it is looked into at so many places, spread over the day. */
const places = 8

interface SampleOrders {
  /**
   * Orders accepted within the span, as they stand: all of them as long as they are not too many, else some of every part
   * of every day. `turn`, from 0 to 1, moves the places that are looked into: other orders come with another turn.
   */
  some(from: Date, to: Date, turn: number): AsyncIterable<Order>
}

export const sampleOrders = {
  allow: [
    { on: 'index', index: 'accepted' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
  ],
  open: () => ({
    async *some(from, to, turn) {
      for await (const keys of inBatches(someKeys(from, to, turn), 100)) yield* await getOrders(keys)
    },
  }),
} satisfies Need<SampleOrders>

async function* someKeys(from: Date, to: Date, turn: number) {
  for (const day of daysBetween(from, to)) {
    const shards = Array.from({ length: acceptedShards }, (_, shard) => someOf(acceptedOn(day, shard), new Date(day), turn))
    for (const keys of await Promise.all(shards)) yield* keys
  }
}

async function someOf(list: string, day: Date, turn: number): Promise<{ pk: string; sk: string }[]> {
  const all = await within(list, day, later(day, 86_400), mostOfAShard + 1)
  if (all.length <= mostOfAShard) return all
  const span = 86_400 / places
  const parts = Array.from({ length: places }, (_, place) => {
    const begins = later(day, place * span)
    // Never further than to its middle: what comes last in a part has its turn too, only from fewer places.
    return within(list, later(begins, (span / 2) * turn), later(begins, span), mostOfAShard / places)
  })
  return (await Promise.all(parts)).flat()
}

async function within(list: string, from: Date, to: Date, limit: number): Promise<{ pk: string; sk: string }[]> {
  const { db, name: TableName } = table()
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      IndexName: 'accepted',
      KeyConditionExpression: 'acceptedOn = :on AND acceptedAt BETWEEN :from AND :to',
      ExpressionAttributeValues: { ':on': list, ':from': iso(from), ':to': iso(to) },
      Limit: limit,
    }),
  )
  return Items.map((item) => rowKey.parse(item))
}

const rowKey = z.object({ pk: z.string(), sk: z.string() })
