import { QueryCommand, type QueryCommandInput } from '@aws-sdk/lib-dynamodb'
import { table } from './table.ts'

export type Item = Record<string, unknown>

/** Every item a query finds, page by page. */
export async function* queryAll(query: Omit<QueryCommandInput, 'TableName'>): AsyncGenerator<Item> {
  const { db, name: TableName } = table()
  let from: Item | undefined
  do {
    const page = await db.send(new QueryCommand({ TableName, ...query, ExclusiveStartKey: from }))
    yield* page.Items ?? []
    from = page.LastEvaluatedKey
  } while (from)
}
