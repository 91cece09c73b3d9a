import { type BatchGetCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import type { DocumentClient } from '../../../data/table.ts'
import { itemSize } from './size.ts'
import { indexUnits, readUnits, writeUnits } from './units.ts'

type Item = Record<string, unknown>
interface Key {
  readonly pk: string
  readonly sk: string
}

/** What calls of the table cost. DynamoDB Local misreports transactions and indexes, so it is reckoned from the items. */
export interface Bill {
  readCalls: number
  writeCalls: number
  readUnits: number
  writeUnits: number
  indexUnits: number
  /** Write units of what many share: a provider's line, written once for a batch of orders, and the use of a key, written now and then. */
  sharedUnits: number
}

export interface Meter {
  readonly db: DocumentClient
  /** What was spent since the last reading. */
  read(): Bill
}

const nothing = (): Bill => ({ readCalls: 0, writeCalls: 0, readUnits: 0, writeUnits: 0, indexUnits: 0, sharedUnits: 0 })

const isShared = (key: Key | undefined): boolean => key?.pk === 'LINE' || key?.pk.startsWith('USE#') === true

/** A document client that counts. Each item written is read before and after, past the meter. */
export function meter(inner: DynamoDBDocumentClient, tableName: string): Meter {
  let bill = nothing()
  const stand = async ({ pk, sk }: Key): Promise<Item | undefined> =>
    (await inner.send(new GetCommand({ TableName: tableName, Key: { pk, sk }, ConsistentRead: true }))).Item

  const countWrites = async (keys: readonly Key[], transactional: boolean, write: () => Promise<unknown>): Promise<unknown> => {
    const before = await Promise.all(keys.map(stand))
    const outcome = await write().then(
      (output) => ({ output }),
      (error: unknown) => ({ error }),
    )
    const after = await Promise.all(keys.map(stand))
    bill.writeCalls++
    for (const index of keys.keys()) {
      bill[isShared(keys[index]) ? 'sharedUnits' : 'writeUnits'] += writeUnits(before[index], after[index], transactional)
      bill.indexUnits += indexUnits(before[index], after[index])
    }
    if ('error' in outcome) throw outcome.error
    return outcome.output
  }

  const send = async (command: { readonly input: unknown }): Promise<unknown> => {
    const input = command.input as Item & { ConsistentRead?: boolean }
    const run = () => inner.send(command as never) as Promise<Item>
    const strength = input.ConsistentRead ? 'strong' : 'eventual'
    switch (command.constructor.name) {
      case 'GetCommand': {
        const output = await run()
        bill.readCalls++
        bill.readUnits += readUnits(output['Item'] ? itemSize(output['Item'] as Item) : 0, strength)
        return output
      }
      case 'QueryCommand': {
        const output = await run()
        const bytes = ((output['Items'] ?? []) as Item[]).reduce((sum, item) => sum + itemSize(item), 0)
        bill.readCalls++
        bill.readUnits += readUnits(bytes, strength)
        return output
      }
      case 'BatchGetCommand': {
        const output = await run()
        const wish = (command as BatchGetCommand).input.RequestItems?.[tableName]
        const found = ((output['Responses'] as Record<string, Item[]> | undefined)?.[tableName] ?? []) as Item[]
        const missing = (wish?.Keys?.length ?? 0) - found.length
        const each = wish?.ConsistentRead ? 'strong' : 'eventual'
        bill.readCalls++
        bill.readUnits += found.reduce((sum, item) => sum + readUnits(itemSize(item), each), 0) + missing * readUnits(0, each)
        return output
      }
      case 'PutCommand':
        return countWrites([input['Item'] as Key], false, run)
      case 'UpdateCommand':
      case 'DeleteCommand':
        return countWrites([input['Key'] as Key], false, run)
      case 'TransactWriteCommand': {
        const legs = input['TransactItems'] as {
          Put?: { Item: Key }
          Update?: { Key: Key }
          Delete?: { Key: Key }
          ConditionCheck?: { Key: Key }
        }[]
        const keys = legs.flatMap(
          ({ Put, Update, Delete, ConditionCheck }) => Put?.Item ?? Update?.Key ?? Delete?.Key ?? ConditionCheck?.Key ?? [],
        )
        return countWrites(keys, true, run)
      }
      default:
        throw new Error(`the meter knows no ${command.constructor.name}`)
    }
  }
  return {
    db: { send: send as DocumentClient['send'] },
    read: () => {
      const spent = bill
      bill = nothing()
      return spent
    },
  }
}
