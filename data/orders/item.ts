import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { readServiceType } from '../../core/catalogue/service-types.ts'
import {
  type Attempt,
  attempt,
  customerId,
  orderId,
  providerId,
  providerOrderId,
  providerServiceId,
  serviceId,
} from '../../core/ids.ts'
import { type Order, type OrderPayload, orderReasons } from '../../core/orders/order.ts'
import { orderStates, type TransitionName, transitions } from '../../core/orders/states.ts'
import { dayOf, iso } from '../../core/time.ts'
import { acceptedAt, acceptedOn, acceptedShards, keys, linkKey, readAcceptedAt } from '../keys.ts'
import { id, integer, micros, numberId, time } from '../read.ts'
import { table } from '../table.ts'

const orderItem = z.object({
  orderId: numberId(orderId),
  customerId: id(customerId),
  serviceId: numberId(serviceId),
  type: z.pipe(z.string(), z.transform(readServiceType)),
  link: z.optional(z.string()),
  hasPayload: z._default(z.boolean(), false),
  quantity: integer,
  charge: micros,
  refunded: micros,
  state: z.enum(orderStates),
  acceptedAt: z.pipe(z.string(), z.transform(readAcceptedAt)),
  changedAt: z.optional(time),
  providerId: id(providerId),
  providerServiceId: id(providerServiceId),
  providerOrderId: z.optional(id(providerOrderId)),
  startCount: z.optional(integer),
  remains: z.optional(integer),
  attempt: z.optional(id(attempt)),
  leaseUntil: z.optional(time),
  reason: z.optional(z.enum(orderReasons)),
})

/** Reads an order's item; throws for one that is not. */
export function readOrder(item: unknown): Order {
  const { type, changedAt, ...rest } = orderItem.parse(item)
  if (!type) throw new Error(`order ${rest.orderId} is of a type nobody knows`)
  return { ...rest, type, changedAt: changedAt ?? rest.acceptedAt }
}

const payloadItem = z.object({ link: z.optional(z.string()), comments: z.optional(z.string()) })
export const readPayload = (item: unknown): OrderPayload => payloadItem.parse(item)

/** Links up to this many bytes lie in the order's own item, which stays within 1 KB: longer ones in the payload. */
const longestInlineLink = 300

/** A new order as its items. */
export function newOrderItems(order: Omit<Order, 'link' | 'hasPayload'>, link: string, comments: string | undefined) {
  const inline = Buffer.byteLength(link) <= longestInlineLink
  const hasPayload = !inline || comments !== undefined
  const { acceptedAt: at, changedAt: _, ...kept } = order
  return {
    order: {
      ...keys.order(order.customerId, order.orderId),
      ...kept,
      ...(inline ? { link } : {}),
      ...(hasPayload ? { hasPayload } : {}),
      acceptedAt: acceptedAt(at, order.orderId),
      acceptedOn: acceptedOn(dayOf(at), order.orderId % acceptedShards),
      linkKey: linkKey(link),
    },
    payload: hasPayload
      ? {
          ...keys.payload(order.customerId, order.orderId),
          ...(inline ? {} : { link }),
          ...(comments === undefined ? {} : { comments }),
        }
      : undefined,
  }
}

/** Attributes that go with a change of state. */
export interface Change {
  readonly set?: Readonly<Record<string, unknown>>
  readonly remove?: readonly string[]
  /** Further attributes that must be as they were seen. */
  readonly only?: Readonly<Record<string, unknown>>
  /** Whose attempt this is. The same attempt's change once more is no change: an answer lost on the way is asked for again. */
  readonly attempt?: Attempt
}

/**
 * A change of state as an update of the order's item. The condition is printed from the transition, so the table itself
 * refuses every other.
 */
export function move(order: Pick<Order, 'customerId' | 'orderId'>, name: TransitionName, at: Date, change: Change = {}) {
  const { from, to } = transitions[name]
  const set = Object.entries({ ...change.set, state: to, changedAt: iso(at), attempt: change.attempt }).filter(
    ([, value]) => value !== undefined,
  )
  const only = Object.entries(change.only ?? {})
  const remove = change.remove ?? []
  const names = [...set.map(([attribute]) => attribute), ...remove, ...only.map(([attribute]) => attribute)]
  const lawful = [
    `#state IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
    ...only.map(([attribute]) => `#${attribute} = :only_${attribute}`),
    ...(change.attempt !== undefined && name !== 'claim' ? ['#attempt = :attempt'] : []),
  ].join(' AND ')
  return {
    Key: keys.order(order.customerId, order.orderId),
    UpdateExpression: [
      `SET ${set.map(([attribute]) => `#${attribute} = :${attribute}`).join(', ')}`,
      ...(remove.length ? [`REMOVE ${remove.map((attribute) => `#${attribute}`).join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: change.attempt === undefined ? lawful : `(${lawful}) OR (#state = :state AND #attempt = :attempt)`,
    ExpressionAttributeNames: Object.fromEntries(names.map((attribute) => [`#${attribute}`, attribute])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map(([attribute, value]) => [`:${attribute}`, value])),
      ...Object.fromEntries(from.map((state, index) => [`:from${index}`, state])),
      ...Object.fromEntries(only.map(([attribute, value]) => [`:only_${attribute}`, value])),
    },
  }
}

/** The order as it stands after the change; undefined when it was in no state to be changed so. */
export async function change(
  order: Pick<Order, 'customerId' | 'orderId'>,
  name: TransitionName,
  at: Date,
  more: Change,
): Promise<Order | undefined> {
  return update({ ...move(order, name, at, more), ReturnValues: 'ALL_NEW' })
}

/** Undefined when the condition does not hold. */
export async function update(input: Omit<UpdateCommandInput, 'TableName'>): Promise<Order | undefined> {
  const { db, name: TableName } = table()
  try {
    const { Attributes } = await db.send(new UpdateCommand({ TableName, ...input }))
    return readOrder(Attributes)
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined
    throw error
  }
}
