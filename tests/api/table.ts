import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { inject } from 'vitest'
import { tableName } from '../../local/names.ts'

type Item = Record<string, unknown>

/** Every item of the running panel's table: what no function of the panel may ask for. */
export async function everything(): Promise<Item[]> {
  const endpoint = `http://127.0.0.1:${inject('panel').ports.database}`
  const db = DynamoDBDocumentClient.from(
    new DynamoDBClient({ region: 'us-east-1', endpoint, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  )
  const items: Item[] = []
  let from: Item | undefined
  do {
    const page = await db.send(new ScanCommand({ TableName: tableName, ExclusiveStartKey: from }))
    items.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from)
  return items
}

export const auditOf = async (on: string): Promise<Item[]> =>
  (await everything()).filter((item) => String(item['pk']).startsWith('AUDITED#') && item['on'] === on)
