import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { inject } from 'vitest'
import type { Table } from '../../data/table.ts'
import { createTable } from '../../local/database.ts'

/** A new table in the suite's DynamoDB Local, with the document client as the panel opens it. */
export async function newLocalTable({ streamed = false } = {}): Promise<Table & { stop(): void }> {
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${inject('databasePort')}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: { httpsAgent: { maxSockets: 100 }, httpAgent: { maxSockets: 100 } },
  })
  const name = `panel-${randomUUID()}`
  await createTable(client, name, { streamed })
  const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
  return { db, name, stop: () => client.destroy() }
}
