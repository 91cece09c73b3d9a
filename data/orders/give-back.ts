import type { Money } from '../../core/money.ts'
import type { Grant } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { causes, type Entry } from '../../core/wallet/entry.ts'
import { transactAudited } from '../audit.ts'
import { causeLeg, entryLeg } from '../entries.ts'
import { type NamedLeg, transact } from '../transact.ts'
import { getWallet, receive } from '../wallets.ts'

export const mayRefund = [
  { on: 'table', actions: ['GetItem'], keys: ['ORDER#*', 'WALLET#*'] },
  { on: 'table', actions: ['UpdateItem'], keys: ['WALLET#*'], onlyIn: 'TransactWriteItems' },
  { on: 'table', actions: ['PutItem'], keys: ['ENTRY#*', 'CAUSE#*'], onlyIn: 'TransactWriteItems' },
  { on: 'table', actions: ['UpdateItem'], keys: ['ORDER#*'] },
] as const satisfies readonly Grant[]

/** A refund up to what remains, and the order's own change that goes with it. */
export interface GivenBack {
  readonly order: Order
  readonly amount: Money
  readonly remains: number
  readonly orderLeg: NamedLeg
  readonly at: Date
  /** What else is written with it, whatever stands there. */
  readonly beside?: NamedLeg | undefined
  /** Where staff do it. */
  readonly audit?: AuditRecord | undefined
}

/** The refund and the order's new state, in one transaction. False when the order's leg no longer holds. */
export async function giveBack({ order, amount, remains, orderLeg, at, beside, audit }: GivenBack): Promise<boolean> {
  const memo = audit?.why
  const entry: Entry = {
    at,
    kind: 'refund',
    cause: causes.refund(order.orderId, remains),
    amount,
    orderId: order.orderId,
    ...(memo === undefined ? {} : { memo, by: audit?.by }),
  }
  for (;;) {
    const wallet = await getWallet(order.customerId)
    if (!wallet) throw new Error(`order ${order.orderId} has no wallet to refund to`)
    const legs = {
      order: orderLeg,
      ...(beside ? { beside } : {}),
      ...(amount === 0n
        ? {}
        : { cause: causeLeg(order.customerId, entry), wallet: receive(wallet, amount), entry: entryLeg(order.customerId, entry) }),
    }
    const refused = audit ? await transactAudited(audit, at, legs) : await transact(legs)
    switch (refused) {
      case undefined:
        return true
      case 'order':
        return false
      case 'wallet':
        continue // The debt changed in between: look again.
      case 'cause':
      case 'entry':
      case 'beside':
        throw new Error(`${entry.cause} was paid, and the order does not know`)
    }
  }
}
