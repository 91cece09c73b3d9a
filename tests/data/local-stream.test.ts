import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterEach, expect, inject, test, vi } from 'vitest'
import { type Change, readChange } from '../../data/stream.ts'
import { relay } from '../../functions/workers/relay.ts'
import { createTable } from '../../local/database.ts'
import { followStream } from '../../local/events/stream.ts'

const stopping = new AbortController()
afterEach(() => stopping.abort())

test('an empty map is told as it was written, and a record that nobody can work off keeps no other from its worker', async () => {
  const given = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const at = {
    endpoint: `http://127.0.0.1:${inject('databasePort')}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }
  const clients = { database: new DynamoDBClient(at), streams: new DynamoDBStreamsClient(at) }
  const db = DynamoDBDocumentClient.from(clients.database)
  const tableName = `panel-${randomUUID()}`
  await createTable(clients.database, tableName)
  const write = (sk: string, more: object) =>
    db.send(new PutCommand({ TableName: tableName, Item: { pk: 'ORDER#1', sk, ...more } }))
  const before = { rates: {}, list: [], nested: { list: [{}] } }
  await write('1', { before })
  await write('2', { bad: true })
  await write('3', {})

  const seen: Change[] = []
  const invoke = async (_: string, event: unknown): Promise<unknown> => {
    const changes = (event as { Records: unknown[] }).Records.map(readChange)
    if (changes.some(({ item }) => item?.['bad'])) throw new Error('poison')
    seen.push(...changes)
    return { batchItemFailures: [] }
  }
  const functions = { invoke, renew: async () => undefined, stop: async () => undefined }
  void followStream({ worker: relay, tableName, clients, functions, file: undefined, stopped: stopping.signal })
  await expect.poll(() => seen.map(({ sk }) => sk), { timeout: 15_000 }).toEqual(['1', '3'])
  expect(seen[0]?.item?.['before']).toEqual(before)
  expect(given).toHaveBeenCalledOnce()
})
