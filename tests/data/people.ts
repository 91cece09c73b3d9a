import { randomUUID } from 'node:crypto'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { expect } from 'vitest'
import type { Service } from '../../core/catalogue/service.ts'
import { type CustomerId, customerId, type ServiceId, serviceId, staffId } from '../../core/ids.ts'
import { type Money, money } from '../../core/money.ts'
import type { Order } from '../../core/orders/order.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import type { Wallet } from '../../core/wallet/wallet.ts'
import { adjustWallets } from '../../data/adjust-wallets.ts'
import { openAccounts } from '../../data/customers.ts'
import { readEntry } from '../../data/entries.ts'
import { keys } from '../../data/keys.ts'
import { type Placement, placeOrders } from '../../data/orders/place-orders.ts'
import { queryAll } from '../../data/query.ts'
import { serviceAsItem } from '../../data/services.ts'
import { table } from '../../data/table.ts'
import { getWallet } from '../../data/wallets.ts'
import { aService } from '../fixtures/service.ts'
import { unbalanced } from '../simulation/books.ts'
import type { Item } from '../simulation/table/values.ts'

export const now = new Date('2026-11-22T10:00:00.000Z')
export const staff = staffId('staff')

/** Writes an item as it is, past every rule: what a test begins with. */
export async function write(item: Record<string, unknown>): Promise<void> {
  const { db, name: TableName } = table()
  await db.send(new PutCommand({ TableName, Item: item }))
}

/** A new account with so much to spend. */
export async function newCustomer(available = 0n): Promise<CustomerId> {
  const id = customerId(randomUUID())
  await openAccounts
    .open()
    .openOnce({ customerId: id, fullName: 'Ada', email: `${id}@example.com`, terms: { version: 1, acceptedAt: now } }, now)
  if (available > 0n) await credit(id, available)
  return id
}

export const audit: AuditRecord = { by: staff, action: 'admin.test', on: 'somebody' }

export const credit = (customer: CustomerId, amount: bigint, more: Partial<{ requestId: string; at: Date; memo: string }> = {}) =>
  adjust('credit', customer, amount, more)
export const debit = (customer: CustomerId, amount: bigint, more: Partial<{ requestId: string; at: Date; memo: string }> = {}) =>
  adjust('debit', customer, amount, more)
const adjust = (
  kind: 'credit' | 'debit',
  customer: CustomerId,
  amount: bigint,
  more: Partial<{ requestId: string; at: Date; memo: string }>,
) =>
  adjustWallets
    .open()
    .adjust(
      { customer, kind, amount: money(amount), memo: 'a memo', by: staff, requestId: randomUUID(), at: now, ...more },
      plenty,
      audit,
    )

/** What one person may credit alone: no test with other things in mind comes near it. */
const plenty = money(10n ** 15n)

let services = 1_000

/** A service on sale: 1000 of it cost `rate`. */
export async function sell(more: Partial<Service> = {}): Promise<Service> {
  const service = aService({ serviceId: serviceId(services++), ...more })
  await write(serviceAsItem(service))
  return service
}

export const link = 'https://social.example.com/somebody'

/** Places an order for 1000, unless told otherwise. */
export const place = (customer: CustomerId, service: ServiceId, more: Partial<Placement> = {}): Promise<Order> =>
  placeOrders.open().place({ customer, serviceId: service, ask: { link, quantity: 1_000 }, at: now, ...more })

export async function all(pk: string): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
  }))
    found.push(item as Item)
  return found
}

export const entriesOf = async (customer: CustomerId) => (await all(`ENTRY#${customer}`)).map(readEntry)
export const ordersOf = (customer: CustomerId): Promise<Item[]> => all(`ORDER#${customer}`)

/** After every test with money: entries add up, nothing is below zero, no movement was made twice. */
export async function expectBooks(customer: CustomerId): Promise<Wallet> {
  const wallet = await getWallet(customer)
  if (!wallet) throw new Error('there is no wallet')
  const { pk } = keys.wallet(customer)
  expect(unbalanced({ ...wallet, pk } as unknown as Item, await all(`ENTRY#${customer}`))).toEqual([])
  return wallet
}

export const available = async (customer: CustomerId): Promise<Money> => (await expectBooks(customer)).available

/** The codes that calls were refused with, and how many were not refused. */
export async function outcomes(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const result of await Promise.allSettled(calls)) {
    const outcome = result.status === 'fulfilled' ? 'done' : String((result.reason as { code?: string }).code ?? result.reason)
    counts[outcome] = (counts[outcome] ?? 0) + 1
  }
  return counts
}
