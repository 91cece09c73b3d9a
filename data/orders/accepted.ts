import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import type { Order } from '../../core/orders/order.ts'
import { dayOf, iso } from '../../core/time.ts'
import { acceptedOn, acceptedShards } from '../keys.ts'
import { queryAll } from '../query.ts'
import { getOrders } from './get.ts'

const orderKey = z.object({ pk: z.string(), sk: z.string() })
const row = z.object({ pk: z.string(), sk: z.string(), acceptedAt: z.string(), linkKey: z.optional(z.string()) })
/** An order as the index of accepted orders knows it. */
export type AcceptedRow = z.output<typeof row>

/** The lists on which the orders of a span are, each by time. */
export const acceptedLists = (from: Date, to: Date): AsyncIterable<AcceptedRow>[] =>
  daysBetween(from, to).flatMap((day) =>
    Array.from({ length: acceptedShards }, (_, shard) => onList(acceptedOn(day, shard), iso(from), iso(to))),
  )

/** Those that were accepted from one moment to another of the table's own `acceptedAt`. */
export async function* onList(list: string, from: string, to: string): AsyncGenerator<AcceptedRow> {
  const found = queryAll({
    IndexName: 'accepted',
    KeyConditionExpression: 'acceptedOn = :on AND acceptedAt BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':on': list, ':from': from, ':to': to },
  })
  for await (const item of found) yield row.parse(item)
}

/** Orders accepted within the span, as they stand. */
export async function* acceptedBetween(from: Date, to: Date): AsyncGenerator<Order> {
  for (const list of acceptedLists(from, to)) yield* asTheyStand(list)
}

/**
 * Indexes lag behind and carry no state: the orders themselves are read, a hundred at a time. They may be a moment old,
 * which is why whatever changes them names the state it was decided on.
 */
export async function* asTheyStand(found: AsyncIterable<unknown>): AsyncGenerator<Order> {
  for await (const keys of inBatches(found, 100)) yield* await getOrders(keys.map((item) => orderKey.parse(item)))
}

export function daysBetween(from: Date, to: Date): string[] {
  const days: string[] = []
  for (let day = Date.parse(dayOf(from)); day <= to.getTime(); day += 86_400_000) days.push(dayOf(new Date(day)))
  return days
}
