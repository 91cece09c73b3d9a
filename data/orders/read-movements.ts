import * as z from 'zod/mini'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import { causes, type Entry } from '../../core/wallet/entry.ts'
import { readEntry } from '../entries.ts'
import { getItems } from '../get-items.ts'
import { keys } from '../keys.ts'
import { queryAll } from '../query.ts'
import { time } from '../read.ts'

interface ReadMovements {
  /** The money that moved for an order, as the ledger has it, oldest first: its charge, and what went back. */
  of(order: Order): Promise<Entry[]>
}

export const readMovements = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['CAUSE#*'] },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ENTRY#*'] },
  ],
  open: () => ({
    async of({ customerId, orderId, acceptedAt }) {
      // The charge is guarded by the order itself and has no marker; refunds have one each, by their natural key.
      const wanted = [keys.entry(customerId, acceptedAt, causes.order(orderId))]
      const refunds = queryAll({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :refund)',
        ExpressionAttributeValues: { ':pk': keys.cause(customerId, '').pk, ':refund': causes.refundsOf(orderId) },
      })
      for await (const item of refunds) {
        const { sk, at } = marker.parse(item)
        wanted.push(keys.entry(customerId, at, sk))
      }
      // No order has more refunds than there are things to refund, and few have two.
      const entries = (await getItems(wanted.slice(0, 100))).map(readEntry)
      return entries.toSorted((one, other) => one.at.getTime() - other.at.getTime())
    },
  }),
} satisfies Need<ReadMovements>

const marker = z.object({ sk: z.string(), at: time })
