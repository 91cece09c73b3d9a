import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId } from '../core/ids.ts'
import { type Money, zero } from '../core/money.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import { received, type Wallet } from '../core/wallet/wallet.ts'
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
  accepted: z._default(integer, 0),
  movements: integer,
})

/** The wallet as it stands at this moment; undefined for a customer who has none. */
export async function getWallet(customer: CustomerId): Promise<Wallet | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.wallet(customer), ConsistentRead: true }))
  return Item && walletItem.parse(Item)
}

/**
 * Takes a charge: only from what is available, only while the account is active, and, where a version of the policy is
 * `bound`, only when it or a later one was accepted.
 */
export const charge = (customer: CustomerId, amount: Money, bound: number | undefined): NamedLeg => ({
  Update: {
    Key: keys.wallet(customer),
    UpdateExpression: 'SET available = available - :amount, movements = movements + :one',
    ConditionExpression: `available >= :amount AND active = :true${bound === undefined ? '' : ' AND accepted >= :bound'}`,
    ExpressionAttributeValues: {
      ':amount': amount,
      ':one': 1,
      ':true': true,
      ...(bound === undefined ? {} : { ':bound': bound }),
    },
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

/** A wallet with nothing in it. */
export const emptyWalletItem = (customer: CustomerId, accepted: number) => ({
  ...keys.wallet(customer),
  customerId: customer,
  available: zero,
  held: zero,
  debt: zero,
  active: true,
  accepted,
  movements: 0,
})
