import { BatchWriteCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findKeys, hashKey } from '../../data/api-keys.ts'
import { checkBlocks } from '../../data/blocked.ts'
import { keepBlocks } from '../../data/blocks.ts'
import { readCustomers, suspendAccounts } from '../../data/customers.ts'
import { blockIdOf } from '../../data/keys.ts'
import { manageKeys } from '../../data/manage-keys.ts'
import { closeAccounts, readClosures } from '../../data/privacy/closures.ts'
import { readHolds, setHolds } from '../../data/privacy/holds.ts'
import { type DocumentClient, useTable } from '../../data/table.ts'
import { getWallet } from '../../data/wallets.ts'
import { carryOver } from '../../local/carry-over.ts'
import { newLocalTable } from './local-table.ts'
import { audit, newCustomer, now, outcomes, staff } from './people.ts'

type Local = Awaited<ReturnType<typeof newLocalTable>>
let [old, restored]: Local[] = []
beforeAll(async () => {
  ;[old, restored] = await Promise.all([newLocalTable(), newLocalTable()])
})
afterAll(() => {
  useTable(undefined)
  old?.stop()
  restored?.stop()
})

/** What is in one table, as it is at this moment, in the other too. */
async function recover(from: Local, to: Local): Promise<void> {
  const { Items = [] } = await from.db.send(new ScanCommand({ TableName: from.name, ConsistentRead: true }))
  for (let first = 0; first < Items.length; first += 25) {
    const puts = Items.slice(first, first + 25).map((Item) => ({ PutRequest: { Item } }))
    await to.db.send(new BatchWriteCommand({ RequestItems: { [to.name]: puts } }))
  }
}

test('P-RET-2: who closed an account, was suspended, revoked a key, or wants no orders, has it so in a table that was restored', async () => {
  if (!old || !restored) throw new Error('there are no tables')
  useTable(old)
  const [closing, suspended, keyed, held, unharmed] = [
    await newCustomer(),
    await newCustomer(),
    await newCustomer(),
    await newCustomer(),
    await newCustomer(),
  ]
  const terms = { name: 'A key', scope: 'all', addresses: [] } as const
  const [leaked, kept] = [await manageKeys.open().create(keyed, terms, now), await manageKeys.open().create(keyed, terms, now)]
  await recover(old, restored)

  await closeAccounts
    .open()
    .close(await readCustomers.open().own(closing), 0n as never, { closedAccountDays: 14, transactionRecordYears: 7 }, now)
  await suspendAccounts.open().setStatus(suspended, 'suspended', audit, now)
  await manageKeys.open().revoke(keyed, leaked.key.keyId, now)
  await setHolds.open().set(held, { ...audit, why: 'a court asks' }, now)
  const target = 'social.example.com/ada'
  await keepBlocks.open().block({ blockId: blockIdOf(target), target, at: now, by: staff, memo: 'hers' }, audit)

  useTable(restored)
  const isOpen = (secret: string) => findKeys.open().isOpen(hashKey(secret), now)
  // As it was at that second.
  expect((await readCustomers.open().own(closing)).status).toBe('active')
  expect(await isOpen(leaked.secret)).toBe(true)
  expect(await checkBlocks.open().holds(`https://${target}`)).toBe(false)

  const once = { holds: 1, blocks: 1, closures: 1, suspensions: 1, keys: 1 }
  expect(await carryOver(restored.db, old.name, restored.name)).toEqual(once)
  expect((await readCustomers.open().own(closing)).status).toBe('closed')
  expect((await readClosures.open().get(closing))?.state).toBe('grace')
  expect((await getWallet(closing))?.active).toBe(false)
  expect((await readCustomers.open().own(suspended)).status).toBe('suspended')
  expect((await getWallet(suspended))?.active).toBe(false)
  expect([await isOpen(leaked.secret), await isOpen(kept.secret)]).toEqual([false, true])
  expect((await readHolds.open().get(held))?.memo).toBe('a court asks')
  expect(await checkBlocks.open().holds(`https://${target}`)).toBe(true)
  expect((await readCustomers.open().own(unharmed)).status).toBe('active')
  expect((await getWallet(unharmed))?.active).toBe(true)
  // Nothing is left to do, and what staff undo afterwards is not done again by the table itself.
  const none = { holds: 0, blocks: 0, closures: 0, suspensions: 0, keys: 0 }
  expect(await carryOver(restored.db, old.name, restored.name)).toEqual(none)
  expect(await outcomes([manageKeys.open().revoke(keyed, kept.key.keyId, now)])).toEqual({ done: 1 })
})

test('P-RET-2: a closing that was cut off while it was carried over is carried over by the next run', async () => {
  if (!old || !restored) throw new Error('there are no tables')
  useTable(old)
  const closing = await newCustomer()
  await recover(old, restored)
  await closeAccounts
    .open()
    .close(await readCustomers.open().own(closing), 0n as never, { closedAccountDays: 14, transactionRecordYears: 7 }, now)
  const whole = restored.db
  const send = (command: unknown) =>
    command instanceof UpdateCommand ? Promise.reject(new Error('cut off')) : whole.send(command as ScanCommand)
  await expect(carryOver({ send } as DocumentClient, old.name, restored.name)).rejects.toThrow('cut off')
  expect((await carryOver(whole, old.name, restored.name)).closures).toBe(1)
  useTable(restored)
  expect((await readCustomers.open().own(closing)).status).toBe('closed')
  expect((await readClosures.open().get(closing))?.state).toBe('grace')
})
