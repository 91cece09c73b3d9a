import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId } from '../core/ids.ts'
import { type Money, negative, zero } from '../core/money.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { causes, type Entry } from '../core/wallet/entry.ts'
import { received, type Wallet } from '../core/wallet/wallet.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { causeLeg, entryLeg } from './entries.ts'
import { keys } from './keys.ts'
import { id, integer, micros } from './read.ts'
import { table } from './table.ts'
import type { NamedLeg } from './transact.ts'

const walletItem = z.object({
  customerId: id(customerId),
  available: micros,
  held: micros,
  debt: micros,
  active: z.boolean(),
  movements: integer,
})

/** The wallet as it stands at this moment; undefined for a customer who has none. */
export async function getWallet(customer: CustomerId): Promise<Wallet | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.wallet(customer), ConsistentRead: true }))
  return Item && walletItem.parse(Item)
}

/** Takes a charge: only from what is available, and only while the account is active. */
export const charge = (customer: CustomerId, amount: Money): NamedLeg => ({
  Update: {
    Key: keys.wallet(customer),
    UpdateExpression: 'SET available = available - :amount, movements = movements + :one',
    ConditionExpression: 'available >= :amount AND active = :true',
    ExpressionAttributeValues: { ':amount': amount, ':one': 1, ':true': true },
  },
})

/** Puts money in: a debt is paid first. Holds only while the debt is as it was seen. */
export function receive(seen: Wallet, amount: Money): NamedLeg {
  const split = received(seen, amount)
  return {
    Update: {
      Key: keys.wallet(seen.customerId),
      UpdateExpression: 'SET available = available + :available, debt = debt - :paid, movements = movements + :one',
      ConditionExpression: 'debt = :debt',
      ExpressionAttributeValues: { ':available': split.available, ':paid': split.debt, ':debt': seen.debt, ':one': 1 },
    },
  }
}

/** Takes money out by staff's hand, suspended or not. */
const withdraw = (customer: CustomerId, amount: Money): NamedLeg => ({
  Update: {
    Key: keys.wallet(customer),
    UpdateExpression: 'SET available = available - :amount, movements = movements + :one',
    ConditionExpression: 'available >= :amount',
    ExpressionAttributeValues: { ':amount': amount, ':one': 1 },
  },
})

interface ReadWallets {
  /** Refuses when the customer has none. */
  get(customer: CustomerId): Promise<Wallet>
}

export const readWallets = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['WALLET#*'] }],
  open: () => ({
    async get(customer) {
      const wallet = await getWallet(customer)
      if (!wallet) throw new Refusal('customer-not-found')
      return wallet
    },
  }),
} satisfies Need<ReadWallets>

/** A credit or debit by staff. `requestId` makes a second click the same movement. */
export interface Adjustment {
  readonly customer: CustomerId
  readonly kind: 'credit' | 'debit'
  readonly amount: Money
  readonly memo: string
  readonly by: Entry['by']
  readonly requestId: string
  readonly at: Date
}

interface AdjustWallets {
  /**
   * Moves the money once, with `audit` in the same breath. The same request again changes nothing, and is refused
   * with another amount. Refuses a debit that the wallet does not cover.
   */
  adjust(adjustment: Adjustment, audit: AuditRecord): Promise<void>
}

export const adjustWallets = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['WALLET#*', 'CAUSE#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['WALLET#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['ENTRY#*', 'CAUSE#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    async adjust({ customer, kind, amount, memo, by, requestId, at }, audit) {
      const signed = kind === 'credit' ? amount : negative(amount)
      const movement: Entry = { at, kind, cause: causes.staff(kind, requestId), amount: signed, memo, by }
      for (;;) {
        const seen = await getWallet(customer)
        if (!seen) throw new Refusal('customer-not-found')
        const wallet = kind === 'credit' ? receive(seen, amount) : withdraw(customer, amount)
        const legs = { cause: causeLeg(customer, movement), wallet, entry: entryLeg(customer, movement) }
        const refused = await transactAudited(audit, at, legs)
        switch (refused) {
          case undefined:
            return
          case 'cause': // The same request came twice, and the first time moved the money.
            if ((await movedBy(customer, movement.cause)) !== signed) throw new Refusal('request-id-reused')
            return
          case 'wallet':
            if (kind === 'debit') throw new Refusal('insufficient-funds')
            continue // The debt changed in between: look again.
          case 'entry':
            throw new Error(`the entry of ${movement.cause} exists without its cause`)
        }
      }
    },
  }),
} satisfies Need<AdjustWallets>

const causeItem = z.object({ amount: micros })

/** What the movement of this natural key moved. */
async function movedBy(customer: CustomerId, cause: string): Promise<bigint> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.cause(customer, cause), ConsistentRead: true }))
  return causeItem.parse(Item).amount
}

/** A wallet with nothing in it. */
export const emptyWalletItem = (customer: CustomerId) => ({
  ...keys.wallet(customer),
  customerId: customer,
  available: zero,
  held: zero,
  debt: zero,
  active: true,
  movements: 0,
})
