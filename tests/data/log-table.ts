import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { inject } from 'vitest'
import type { Table } from '../../data/table.ts'
import { createLogTable } from '../../local/database.ts'

type Item = Record<string, unknown>

/** A new table for an access log in the suite's DynamoDB Local. */
export async function newLogTable(): Promise<Table & { stop(): void; everything(kind: string): Promise<Item[]> }> {
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${inject('databasePort')}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: { httpAgent: { maxSockets: 100 } },
  })
  const name = `access-log-${randomUUID()}`
  await createLogTable(client, name)
  const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  async function everything(kind: string): Promise<Item[]> {
    const items: Item[] = []
    let from: Item | undefined
    do {
      const page = await db.send(new ScanCommand({ TableName: name, ExclusiveStartKey: from }))
      items.push(...(page.Items ?? []))
      from = page.LastEvaluatedKey
    } while (from)
    return items.filter(({ pk }) => String(pk).startsWith(kind))
  }
  return { db, name, everything, stop: () => client.destroy() }
}
