import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, DynamoDBDocumentClient, QueryCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { inject } from 'vitest'
import { logTableName, tableName } from '../../local/names.ts'

type Item = Record<string, unknown>

/** Every item of the running panel's table: what no function of the panel may ask for. */
export const everything = (): Promise<Item[]> => allOf(tableName)

/** The same of the access log's own table. */
export const everythingLogged = (): Promise<Item[]> => allOf(logTableName)

async function allOf(TableName: string): Promise<Item[]> {
  const db = panelsTable()
  const items: Item[] = []
  let from: Item | undefined
  do {
    const page = await db.send(new ScanCommand({ TableName, ExclusiveStartKey: from }))
    items.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from)
  return items
}

/** What the panel's functions share about its providers: who calls them now, and how they do. */
export async function forgetLines(): Promise<void> {
  const db = panelsTable()
  const lines = { KeyConditionExpression: 'pk = :line', ExpressionAttributeValues: { ':line': 'LINE' } }
  const { Items = [] } = await db.send(new QueryCommand({ TableName: tableName, ...lines }))
  for (const { pk, sk } of Items) await db.send(new DeleteCommand({ TableName: tableName, Key: { pk, sk } }))
}

/** As somebody's account is who accepted nothing of what holds now. */
export async function forgetAcceptance(customer: string): Promise<void> {
  const db = panelsTable()
  const of = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': `ACCEPTANCE#${customer}` } }
  const { Items = [] } = await db.send(new QueryCommand({ TableName: tableName, ...of }))
  for (const { pk, sk } of Items) await db.send(new DeleteCommand({ TableName: tableName, Key: { pk, sk } }))
  const set = (pk: string, sk: string, UpdateExpression: string) =>
    db.send(
      new UpdateCommand({ TableName: tableName, Key: { pk, sk }, UpdateExpression, ExpressionAttributeValues: { ':none': 0 } }),
    )
  await set(`WALLET#${customer}`, 'WALLET', 'SET accepted = :none')
  await set(`CUSTOMER#${customer}`, 'CUSTOMER', 'SET terms.version = :none')
}

function panelsTable(): DynamoDBDocumentClient {
  const endpoint = `http://127.0.0.1:${inject('panel').ports.database}`
  return DynamoDBDocumentClient.from(
    new DynamoDBClient({ region: 'us-east-1', endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  )
}

export const auditOf = async (on: string): Promise<Item[]> =>
  (await everything()).filter((item) => String(item['pk']).startsWith('AUDITED#') && item['on'] === on)
