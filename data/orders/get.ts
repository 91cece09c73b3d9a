import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { CustomerId, OrderId } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { getItems, type Key } from '../get-items.ts'
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
export const getOrders = async (wanted: readonly Key[]): Promise<Order[]> => (await getItems(wanted)).map(readOrder)
