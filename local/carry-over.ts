import { parseArgs } from 'node:util'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { customerId, keyHash } from '../core/ids.ts'
import { keys, openLists } from '../data/keys.ts'
import { type Item, queryAll } from '../data/query.ts'
import { id } from '../data/read.ts'
import type { DocumentClient } from '../data/table.ts'
import { Unable } from './unable.ts'

const usage = 'npm run carry-over -- --from OLD --table RESTORED'

/** What was ended since the second a table was restored to, and how often. */
export interface Carried {
  holds: number
  blocks: number
  closures: number
  suspensions: number
  keys: number
}

/**
 * Ends again, in a table that was restored, what was ended since in the one it was restored from: accounts that were closed or
 * suspended, keys that were revoked; and sets the legal holds and blocks that were set. Nothing is opened, lifted or allowed again.
 */
export async function carryOver(db: DocumentClient, from: string, to: string): Promise<Carried> {
  const carried: Carried = { holds: 0, blocks: 0, closures: 0, suspensions: 0, keys: 0 }
  const put = async (item: Item): Promise<boolean> => {
    if (await itemAt(db, to, item)) return false
    await db.send(new PutCommand({ TableName: to, Item: item }))
    return true
  }
  for await (const hold of inPartition(db, from, 'LEGAL-HOLD')) if (await put(hold)) carried.holds++
  const blocked = {
    IndexName: 'open',
    KeyConditionExpression: 'openOn = :list',
    ExpressionAttributeValues: { ':list': openLists.blocked() },
  }
  for await (const found of queryAll(blocked, { db, name: from })) {
    const block = await itemAt(db, from, found)
    if (block && (await put(block))) carried.blocks++
  }
  for await (const closure of inPartition(db, from, 'CLOSURE')) {
    // One that is being erased is in the list in the bucket.
    if (closure['state'] !== 'grace' || !(await canStop(db, to, String(closure['sk']), 'closed'))) continue
    // Noted first: cut off in between, the next run closes it.
    await put(closure)
    await stop(db, to, String(closure['sk']), 'closed')
    carried.closures++
  }
  for await (const { sk } of inPartition(db, from, 'ROLL')) {
    const account = await itemAt(db, from, keys.customer(customerId(String(sk))))
    if (account?.['status'] === 'suspended' && (await canStop(db, to, String(sk), 'suspended'))) {
      await stop(db, to, String(sk), 'suspended')
      carried.suspensions++
    }
    for await (const key of inPartition(db, from, `KEYS#${sk}`)) if (await revoke(db, to, key)) carried.keys++
  }
  return carried
}

type Stopped = 'closed' | 'suspended'

/** False where the account is not there, or does not do anything already. */
async function canStop(db: DocumentClient, table: string, customer: string, status: Stopped): Promise<boolean> {
  const account = await itemAt(db, table, keys.customer(customerId(customer)))
  return account?.['status'] === 'active' || (status === 'closed' && account?.['status'] === 'suspended')
}

async function stop(db: DocumentClient, table: string, customer: string, status: Stopped): Promise<void> {
  const id = customerId(customer)
  // The wallet first: cut off in between, nothing can be ordered, and the next run does the rest.
  for (const [key, name, value] of [
    [keys.wallet(id), 'active', false],
    [keys.customer(id), 'status', status],
  ] as const)
    await db.send(
      new UpdateCommand({
        TableName: table,
        Key: key,
        UpdateExpression: 'SET #name = :value',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': value },
      }),
    )
}

const revokedKey = z.object({ pk: z.string(), sk: z.string(), hash: id(keyHash), revokedAt: z.string() })

/** False where it was not revoked, and where it is already. */
async function revoke(db: DocumentClient, table: string, listed: Item): Promise<boolean> {
  const { data: key } = z.safeParse(revokedKey, listed)
  const there = key && (await itemAt(db, table, key))
  if (!there || there['revokedAt'] !== undefined) return false
  await db.send(new DeleteCommand({ TableName: table, Key: keys.key(key.hash) }))
  await db.send(new PutCommand({ TableName: table, Item: listed }))
  return true
}

async function itemAt(db: DocumentClient, TableName: string, { pk, sk }: Item): Promise<Item | undefined> {
  return (await db.send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))).Item
}

const inPartition = (db: DocumentClient, name: string, pk: string): AsyncGenerator<Item> =>
  queryAll({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': pk } }, { db, name })

async function main(): Promise<void> {
  const { from, table } = wished()
  if (from === undefined || table === undefined || from === table) throw new Unable(`This is understood: ${usage}`)
  const client = new DynamoDBClient({})
  const { holds, blocks, closures, suspensions, keys: revoked } = await carryOver(DynamoDBDocumentClient.from(client), from, table)
  client.destroy()
  console.log(
    `Carried over: ${closures} closed and ${suspensions} suspended accounts, ${revoked} revoked keys, ${blocks} blocked targets, ${holds} legal holds.`,
  )
}

function wished() {
  try {
    return parseArgs({ options: { from: { type: 'string' }, table: { type: 'string' } } }).values
  } catch (error) {
    throw new Unable(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. This is understood: ${usage}`)
  }
}

if (import.meta.main)
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Unable ? `\n  ${error.message}\n` : error)
    process.exit(1)
  }
