import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import type { Context } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { attempt, type CustomerId, type OrderId, providerOrderId } from '../../core/ids.ts'
import { money } from '../../core/money.ts'
import { erasingAction } from '../../core/staff/audit.ts'
import { dayOf, epochSeconds, later } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { readCustomers } from '../../data/customers.ts'
import { settleOrders } from '../../data/orders/settle-orders.ts'
import { submitOrders } from '../../data/orders/submit-orders.ts'
import { closeAccounts } from '../../data/privacy/closures.ts'
import { eraseAccounts } from '../../data/privacy/erase-accounts.ts'
import { readHolds, setHolds } from '../../data/privacy/holds.ts'
import { readAudit } from '../../data/read-audit.ts'
import { useTable } from '../../data/table.ts'
import { verifyAudit } from '../../data/verify-audit.ts'
import { workStream } from '../../functions/kit/work.ts'
import { eraseClosedAccounts } from '../../functions/workers/erase-accounts.ts'
import { relay } from '../../functions/workers/relay.ts'
import { followStream } from '../../local/events/stream.ts'
import type { MessageOf } from '../../outside/queues/messages.ts'
import { newLocalTable } from './local-table.ts'
import { audit, available, credit, newCustomer, now, place, sell } from './people.ts'

process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT'

const afterGrace = later(now, 2 * 86_400)
const recordsUntil = epochSeconds(later(now, (1 + 2_557) * 86_400))
/** Long after the last order was over. */
const late = later(afterGrace, 2 * 86_400)
let time = now
/** Whom the eraser was told of, and is done with. */
const heard = new Set<string>()

const stopping = new AbortController()
let local: Awaited<ReturnType<typeof newLocalTable>>
beforeAll(async () => {
  local = await newLocalTable({ streamed: true })
  useTable(local)
  follow()
})
afterAll(() => {
  stopping.abort()
  useTable(undefined)
  local.stop()
})

/** The table's stream with the relay on it, and the eraser on its queue. */
function follow(): void {
  const none = { allow: [], open: () => ({ send: async () => undefined }) }
  const erasures = {
    allow: [],
    open: () => ({
      send: async (messages: readonly MessageOf<'erasures'>[]) => {
        for (const message of messages) {
          await erase(message)
          if ('customerId' in message) heard.add(message.customerId)
        }
      },
    }),
  }
  const uses = { submit: none, requests: none, tasks: none, publish: none, keys: none, archives: none, mail: none }
  const handler = workStream({
    ...relay,
    uses: { ...relay.uses, ...uses, feed: { allow: [], open: () => ({ tell: none.open().send }) }, erasures },
  })
  const at = {
    endpoint: `http://127.0.0.1:${inject('databasePort')}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  }
  const clients = { database: new DynamoDBClient(at), streams: new DynamoDBStreamsClient(at) }
  const invoke = (_: string, event: unknown): Promise<unknown> => handler(event, {} as Context)
  const functions = { invoke, renew: async () => undefined, stop: async () => undefined }
  void followStream({ worker: relay, tableName: local.name, clients, functions, file: undefined, stopped: stopping.signal })
}

const erase = async (message: MessageOf<'erasures'>): Promise<void> => {
  const uses = {
    accounts: eraseAccounts.open(),
    holds: readHolds.open(),
    orders: eraseClosedAccounts.uses.orders.open(),
    notes: { note: async () => undefined },
    identities: { erase: async () => undefined },
    files: { list: async () => [], erase: async () => 0 },
    more: { send: async () => undefined },
  }
  await eraseClosedAccounts.run({ message, uses, now: time, clock: () => time })
}

/** Everything that was written is heard, and done. */
async function heardOut(): Promise<void> {
  const nobody = `nobody-${heard.size}`
  await keepAudit.open().record({ ...audit, on: `customer ${nobody}` }, time)
  await expect.poll(() => heard.has(nobody), soon).toBe(true)
}
const soon = { timeout: 15_000, interval: 200 }

const { claim, sent } = submitOrders.open()
const { hear } = settleOrders.open()

/** A customer with an order that a provider has. */
async function ordering(): Promise<{ customer: CustomerId; orderId: OrderId }> {
  time = now
  const customer = await newCustomer(5_000_000n)
  const { serviceId } = await sell({ rate: money(1_000_000n) } as object)
  const { orderId } = await place(customer, serviceId)
  const claimed = await claim(customer, orderId, attempt('of the worker'), now)
  if (!claimed) throw new Error('it could not be claimed')
  await sent(claimed, providerOrderId(`there-${orderId}`), now)
  return { customer, orderId }
}

async function erased(): Promise<{ customer: CustomerId; orderId: OrderId }> {
  const { customer, orderId } = await ordering()
  await hear(customer, orderId, { status: 'completed' }, now)
  const account = await readCustomers.open().own(customer)
  await closeAccounts.open().close(account, await available(customer), { closedAccountDays: 1, transactionRecordYears: 7 }, now)
  time = afterGrace
  await erase({ customerId: customer })
  return { customer, orderId }
}

/** A provider takes an order back, staff credit what they think is owed, and somebody looks at it all. */
async function comesLate({ customer, orderId }: { customer: CustomerId; orderId: OrderId }): Promise<void> {
  time = late
  await hear(customer, orderId, { status: 'partial', remains: 400 }, late)
  await credit(customer, 3n, { at: late, memo: 'their words' })
  await keepAudit.open().record({ ...audit, on: `order ${orderId}`, why: 'a look' }, late)
  await keepAudit.open().record({ ...audit, on: `customer ${customer}, ticket 7`, why: 'a look' }, late)
}

/** Whatever lies in the table about them, as `<kind> <when it expires>`; but for what the trail says of its own erasures. */
async function about({ customer, orderId }: { customer: CustomerId; orderId: OrderId }): Promise<string[]> {
  const { Items = [] } = await local.db.send(new ScanCommand({ TableName: local.name, ConsistentRead: true }))
  return Items.filter(({ pk, sk, on }) => `${pk} ${sk} ${on}`.includes(customer) || on === `order ${orderId}`)
    .filter(({ action, pk }) => action !== erasingAction && pk !== 'LEGAL-HOLD')
    .map(({ pk, expiresAt }) => `${String(pk).split('#')[0]} ${expiresAt === undefined ? 'never' : Number(expiresAt)}`)
    .toSorted()
}
const forever = async (who: Parameters<typeof about>[0]) => (await about(who)).filter((item) => item.endsWith(' never'))

describe('P-RET-2: what is written about an erased account later', () => {
  test('expires with its transaction records, its lines in the trail too, and says nothing that was cut', async () => {
    const open = await ordering()
    await comesLate(open)
    const who = await erased()
    await expect.poll(() => forever(who), soon).toEqual([])
    await comesLate(who)
    await expect.poll(() => forever(who), soon).toEqual([])
    const all = await about(who)
    expect(all.filter((item) => item.startsWith('ENTRY')).length).toBe(5)
    expect(new Set(all.map((item) => item.split(' ')[0]))).toEqual(
      new Set(['ACCEPTANCE', 'AUDITED', 'CAUSE', 'ENTRY', 'ERASED', 'ORDER', 'WALLET']),
    )
    expect(new Set(all.map((item) => item.split(' ')[1]))).toEqual(new Set([String(recordsUntil)]))
    const { Items } = await local.db.send(new ScanCommand({ TableName: local.name, ConsistentRead: true }))
    const entries = Items?.filter(({ pk }) => pk === `ENTRY#${who.customer}`)
    expect(entries?.filter(({ memo }) => memo !== undefined)).toEqual([])
    expect(await available(who.customer)).toBe(400_003n)
    // Until then staff answer for what they did.
    const { records } = await readAudit.open().ofDay(dayOf(late), { on: `order ${who.orderId}` }, undefined, 9, late)
    expect(records.map(({ why }) => why)).toEqual(['a look'])
    // One thing alone, when nothing else is to be heard any more: money of no order, and looks.
    const look = (on: string) => keepAudit.open().record({ ...audit, on }, late)
    for (const alone of [
      () => credit(who.customer, 1n, { at: late }),
      () => look(`order ${who.orderId}`),
      () => look(`signal ${dayOf(late)} many-failed-orders ${who.customer}`),
    ]) {
      await heardOut()
      await alone()
      await expect.poll(() => forever(who), soon).toEqual([])
    }
    expect((await verifyAudit(late)).broken).toEqual([])
    expect((await verifyAudit(new Date(recordsUntil * 1000))).broken).toEqual([])
    // Nobody else is meant.
    expect(await about(open)).toEqual(await forever(open))
  })

  test('does not expire under a legal hold, and does when that is lifted', async () => {
    const who = await erased()
    await comesLate(who)
    await expect.poll(() => forever(who), soon).toEqual([])
    const everything = await about(who)
    await setHolds.open().set(who.customer, { ...audit, why: 'a court asks' }, late)
    await erase({ customerId: who.customer })
    await expect.poll(async () => (await forever(who)).length, soon).toBe(everything.length)
    await keepAudit.open().record({ ...audit, on: `order ${who.orderId}`, why: 'another look' }, late)
    await setHolds.open().lift(who.customer, audit, late)
    await erase({ customerId: who.customer })
    await expect.poll(() => forever(who), soon).toEqual([])
    expect((await about(who)).length).toBe(everything.length + 1)
    expect((await verifyAudit(late)).broken).toEqual([])
  })

  test('expires where an order was still open, as one can be in a table that was restored', async () => {
    const who = await ordering()
    await eraseAccounts.open().replay({ customerId: who.customer, recordsUntil: new Date(recordsUntil * 1000) }, afterGrace)
    time = afterGrace
    await erase({ customerId: who.customer })
    await expect.poll(() => forever(who), soon).toEqual([])
    await comesLate(who)
    await expect.poll(() => forever(who), soon).toEqual([])
    expect(await available(who.customer)).toBe(400_003n)
  })
})
