import { createHash } from 'node:crypto'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Service } from '../../core/catalogue/service.ts'
import { customerId, orderId } from '../../core/ids.ts'
import { targetOf } from '../../core/orders/link.ts'
import type { Order } from '../../core/orders/order.ts'
import { isActive } from '../../core/orders/states.ts'
import { periods } from '../../core/privacy/periods.ts'
import { epochSeconds, later } from '../../core/time.ts'
import { keys } from '../keys.ts'
import { id, numberId } from '../read.ts'
import { table } from '../table.ts'
import type { NamedLeg } from '../transact.ts'
import { getOrder } from './get.ts'

/** How long it is kept with which order a target was last ordered for: longer than any order is under way. */
const keptSeconds = periods.targetDays * 86_400

/** The order that holds a target, as it was read; undefined while none does. */
export interface Holder {
  readonly orderId: Order['orderId']
  readonly customerId: Order['customerId']
}

const targetItem = z.object({ orderId: numberId(orderId), customerId: id(customerId) })

/** Only its hash is kept: it is compared, and never read. */
const keyOf = (service: Service, link: string) =>
  keys.target(service.serviceId, createHash('sha256').update(targetOf(link)).digest('base64url'))

/**
 * Takes the target for this order: while nobody holds it, or in place of `over`, an order that was seen to be over.
 * Nothing has to let a target go again, so no crash can leave it held.
 */
export function takeTarget(service: Service, link: string, order: Holder, at: Date, over?: Holder): NamedLeg {
  const item = {
    ...keyOf(service, link),
    orderId: order.orderId,
    customerId: order.customerId,
    expiresAt: epochSeconds(later(at, keptSeconds)),
  }
  return {
    Put: {
      Item: item,
      ...(over
        ? { ConditionExpression: 'orderId = :over', ExpressionAttributeValues: { ':over': over.orderId } }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    },
  }
}

/** Who holds the target, and whether that order is still under way. */
export async function holderOf(service: Service, link: string): Promise<{ holder: Holder | undefined; isOpen: boolean }> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keyOf(service, link), ConsistentRead: true }))
  if (!Item) return { holder: undefined, isOpen: false }
  const holder = targetItem.parse(Item)
  const order = await getOrder(holder.customerId, holder.orderId)
  return { holder, isOpen: order !== undefined && isActive(order.state) }
}
