import { QueryCommand, type QueryCommandInput, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb'
import { type Table, table } from './table.ts'

export type Item = Record<string, unknown>

type Query = Omit<QueryCommandInput, 'TableName'>

/** Every item a query finds, page by page: in the panel’s own table, unless another is named. */
export async function* queryAll(query: Query, where?: Table): AsyncGenerator<Item> {
  for await (const { Items = [] } of pagesOf(query, where)) yield* Items
}

/** What a query finds, as the table answers: up to 1 MB of what it looked through at once. */
export async function* pagesOf(query: Query, where: Table = table()): AsyncGenerator<QueryCommandOutput> {
  const { db, name: TableName } = where
  let from: Item | undefined
  do {
    const page = await db.send(new QueryCommand({ TableName, ...query, ExclusiveStartKey: from }))
    yield page
    from = page.LastEvaluatedKey
  } while (from)
}
