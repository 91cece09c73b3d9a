import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb'
import { table } from './table.ts'

export type Item = Record<string, unknown>

type Query = Omit<QueryCommandInput, 'TableName'>

/** Every item a query finds, page by page. */
export async function* queryAll(query: Query): AsyncGenerator<Item> {
  for await (const { Items = [] } of pagesOf(query)) yield* Items
}

/** What a query finds, as the table answers: up to 1 MB of what it looked through at once. */
export async function* pagesOf(query: Query): AsyncGenerator<QueryCommandOutput> {
  const { db, name: TableName } = table()
  let from: Item | undefined
  do {
    const page = await db.send(new QueryCommand({ TableName, ...query, ExclusiveStartKey: from }))
    yield page
    from = page.LastEvaluatedKey
  } while (from)
}
