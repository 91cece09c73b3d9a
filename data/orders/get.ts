import { BatchGetCommand, GetCommand } from '@aws-sdk/lib-dynamodb'
import type { CustomerId, OrderId } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { keys } from '../keys.ts'
import { table } from '../table.ts'
import { readOrder } from './item.ts'

/** The order as it stands at this moment; undefined when this customer has none of that number. */
export async function getOrder(customer: CustomerId, order: OrderId): Promise<Order | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.order(customer, order), ConsistentRead: true }))
  return Item && readOrder(Item)
}

/** Orders by their keys, in no order; those that are there. At most 100. */
export async function getOrders(wanted: readonly { readonly pk: string; readonly sk: string }[]): Promise<Order[]> {
  const { db, name: TableName } = table()
  const orders: Order[] = []
  let Keys: Record<string, unknown>[] = [...new Map(wanted.map((key) => [`${key.pk} ${key.sk}`, key])).values()]
  while (Keys.length > 0) {
    const { Responses, UnprocessedKeys } = await db.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }))
    for (const item of Responses?.[TableName] ?? []) orders.push(readOrder(item))
    Keys = UnprocessedKeys?.[TableName]?.Keys ?? []
  }
  return orders
}
