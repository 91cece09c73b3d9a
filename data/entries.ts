import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, orderId, staffId } from '../core/ids.ts'
import { iso } from '../core/time.ts'
import type { Entry } from '../core/wallet/entry.ts'
import { entryKinds } from '../core/wallet/entry.ts'
import { keys } from './keys.ts'
import { id, micros, numberId, time } from './read.ts'
import { table } from './table.ts'
import { append, type NamedLeg } from './transact.ts'

const entryItem = z.object({
  sk: z.string(),
  at: time,
  kind: z.enum(entryKinds),
  cause: z.string(),
  amount: micros,
  orderId: z.optional(numberId(orderId)),
  memo: z.optional(z.string()),
  by: z.optional(id(staffId)),
  agreedBy: z.optional(id(staffId)),
})

export const readEntry = (item: unknown): Entry & { readonly sk: string } => entryItem.parse(item)

/** The one way into the ledger: always a new item, never a replacement. */
export const entryLeg = (customer: CustomerId, entry: Entry): NamedLeg =>
  append({ ...keys.entry(customer, entry.at, entry.cause), ...entry, at: iso(entry.at) })

/**
 * The marker of a movement's natural key, for movements that no other item guards: a replay finds it there. (An order's
 * own charge is guarded by the order.)
 */
export const causeLeg = (customer: CustomerId, entry: Entry): NamedLeg =>
  append({ ...keys.cause(customer, entry.cause), at: iso(entry.at), amount: entry.amount })

const causeItem = z.object({ amount: micros })

/** What the movement of this natural key moved. */
export async function movedBy(customer: CustomerId, cause: string): Promise<bigint> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.cause(customer, cause), ConsistentRead: true }))
  return causeItem.parse(Item).amount
}
