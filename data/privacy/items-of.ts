import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import type { CustomerId } from '../../core/ids.ts'
import { type Erasable, fateOf } from '../../core/privacy/erasing.ts'
import type { ItemKind } from '../../core/privacy/inventory.ts'
import type { Item } from '../query.ts'
import { table } from '../table.ts'

/** A page of a customer's items of a kind, by sort key; `last` is where the next one begins, undefined after the last. */
export interface Page {
  readonly items: readonly Item[]
  readonly last: string | undefined
}

const pageSize = 100

/** Finds a kind's items as its fate says they are found. Kinds that are found through others have none of their own. */
export async function pageOf(kind: ItemKind, customer: CustomerId, after?: string, more: Narrowed = {}): Promise<Page> {
  const fate = fateOf(kind)
  const range = 'found' in fate ? rangeOf(kind, customer, fate.found) : undefined
  if (!range) return { items: [], last: undefined }
  const { db, name: TableName } = table()
  const { Items = [], LastEvaluatedKey } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: range.condition,
      ExpressionAttributeValues: range.values,
      ConsistentRead: true,
      Limit: pageSize,
      ...more,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk: range.pk, sk: after } }),
    }),
  )
  const last = LastEvaluatedKey?.['sk']
  return { items: Items, last: typeof last === 'string' ? last : undefined }
}

export type Narrowed = Pick<QueryCommandInput, 'FilterExpression' | 'ExpressionAttributeNames' | 'Limit'>

function rangeOf(kind: ItemKind, customer: CustomerId, found: Erasable['found']) {
  switch (found) {
    case 'by owner': {
      const pk = `${kind}#${customer}`
      return { pk, condition: 'pk = :pk', values: { ':pk': pk } }
    }
    case 'in a list':
      return { pk: kind, condition: 'pk = :pk AND begins_with(sk, :owner)', values: { ':pk': kind, ':owner': `${customer} ` } }
    case 'one in a list':
      return { pk: kind, condition: 'pk = :pk AND sk = :owner', values: { ':pk': kind, ':owner': customer } }
    default:
      return undefined
  }
}

/** Every item of a kind, in pages as large as the table answers with: 1 MB. */
export async function* allOf(kind: ItemKind, customer: CustomerId): AsyncGenerator<Item> {
  let after: string | undefined
  do {
    const { items, last } = await pageOf(kind, customer, after, { Limit: undefined })
    yield* items
    after = last
  } while (after !== undefined)
}

/** Where the items of a kind may be, as IAM is told. */
export function patternOf(kind: ItemKind): string {
  const fate = fateOf(kind)
  return 'found' in fate && (fate.found === 'in a list' || fate.found === 'one in a list') ? kind : `${kind}#*`
}
