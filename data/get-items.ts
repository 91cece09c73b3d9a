import { BatchGetCommand } from '@aws-sdk/lib-dynamodb'
import { backOff } from './patience.ts'
import { table } from './table.ts'

export interface Key {
  readonly pk: string
  readonly sk: string
}

/** A busy table leaves keys for another try. Bounded, so that a caller hears before its own time is up. */
const tries = 8

/** Items by their keys in one call, in no order; those that are there. At most 100 keys. */
export async function getItems(
  wanted: readonly Key[],
  { consistent = false }: { readonly consistent?: boolean } = {},
): Promise<Record<string, unknown>[]> {
  const { db, name: TableName } = table()
  const items: Record<string, unknown>[] = []
  let Keys: Record<string, unknown>[] = [...new Map(wanted.map(({ pk, sk }) => [`${pk} ${sk}`, { pk, sk }])).values()]
  for (let attempt = 1; Keys.length > 0; attempt++) {
    const { Responses, UnprocessedKeys } = await db.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ...(consistent ? { ConsistentRead: true } : {}) } } }),
    )
    items.push(...(Responses?.[TableName] ?? []))
    Keys = UnprocessedKeys?.[TableName]?.Keys ?? []
    if (Keys.length === 0) break
    if (attempt === tries) throw new Error(`the table left ${Keys.length} keys unread ${tries} times`)
    await backOff(attempt)
  }
  return items
}
