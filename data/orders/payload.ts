import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { Order, OrderPayload } from '../../core/orders/order.ts'
import { keys } from '../keys.ts'
import { table } from '../table.ts'
import { readPayload } from './item.ts'

/** What is too long for the order's own item. */
export async function payloadOf({ customerId, orderId, hasPayload }: Order): Promise<OrderPayload> {
  if (!hasPayload) return {}
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.payload(customerId, orderId), ConsistentRead: true }))
  return readPayload(Item)
}

/** What the order is for: a long link lies apart. */
export const linkOf = async (order: Order): Promise<string | undefined> => order.link ?? (await payloadOf(order)).link
