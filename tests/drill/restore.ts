import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { createTable } from '../../local/database.ts'
import { outputsFile } from '../../local/deployed.ts'
import { pools } from '../../local/identity/pools.ts'
import { filesBucket, tableName } from '../../local/names.ts'
import { type Item, itemsOf } from './places.ts'

/** As the guide names it. */
export const restoredTable = 'panel-restored'

/** Everything that is in the panel's table, as a recovery copy has it. */
export async function recoveryCopy(): Promise<Item[]> {
  const copy: Item[] = []
  for await (const item of itemsOf(tableName)) copy.push(item)
  return copy
}

/** A new table with what the copy has, and nothing that came after it. */
export async function restore(copy: readonly Item[]): Promise<void> {
  const client = new DynamoDBClient({})
  const db = DynamoDBDocumentClient.from(client)
  await createTable(client, restoredTable, { streamed: false })
  for (let first = 0; first < copy.length; first += 25) {
    const puts = copy.slice(first, first + 25).map((item) => ({ PutRequest: { Item: { ...item } } }))
    const { UnprocessedItems } = await db.send(new BatchWriteCommand({ RequestItems: { [restoredTable]: puts } }))
    if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('the emulator did not take all items')
  }
  client.destroy()
}

const scripts = z.object({ scripts: z.record(z.string(), z.string()) })

/** The command of the guide, word by word, where the panel was deployed from; what it says. */
export async function replayErasures(): Promise<string> {
  const [, line] = /`npm run (replay-erasures -- [^`]+)`/.exec(readFileSync('docs/deploy.md', 'utf8')) ?? []
  const [name = '', options = ''] = line?.split(' -- ') ?? []
  const script = scripts.parse(JSON.parse(readFileSync('package.json', 'utf8'))).scripts[name] ?? ''
  const [, ...words] = `${script} ${options}`.split(' ')
  const from = mkdtempSync(join(tmpdir(), 'deployed-'))
  mkdirSync(join(from, dirname(outputsFile)))
  const outputs = { TableName: tableName, FilesBucketName: filesBucket, CustomersPoolId: pools.customers.id }
  writeFileSync(join(from, outputsFile), JSON.stringify({ 'panel-store': outputs }))
  try {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      words.map((word) => (word.endsWith('.ts') ? resolve(word) : word)),
      // One's own credentials, and nothing that a function would be told.
      { cwd: from, env: Object.fromEntries(Object.entries(process.env).filter(([key]) => /^(AWS_|PATH$)/.test(key))) },
    )
    return stdout
  } finally {
    rmSync(from, { recursive: true })
  }
}
