import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { isManual } from '../../core/catalogue/manual.ts'
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
  staffId,
} from '../../core/ids.ts'
import { goOn, type Step } from '../../core/orders/history.ts'
import { type Order, type OrderPayload, type OrderReason, orderReasons } from '../../core/orders/order.ts'
import type { Feed } from '../../core/orders/runs.ts'
import { orderStates, type TransitionName, transitions } from '../../core/orders/states.ts'
import { dayOf, iso } from '../../core/time.ts'
import { ifItHolds } from '../if-it-holds.ts'
import { acceptedAt, acceptedOn, acceptedShards, keys, linkKey, openLists, readAcceptedAt } from '../keys.ts'
import { id, integer, micros, numberId, time } from '../read.ts'
import { table } from '../table.ts'
import { readHistory, writeHistory } from './history.ts'

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
  refillDays: z.optional(integer),
  state: z.enum(orderStates),
  acceptedAt: z.pipe(z.string(), z.transform(readAcceptedAt)),
  changedAt: z.optional(time),
  providerId: id(providerId),
  providerServiceId: id(providerServiceId),
  providerOrderId: z.optional(id(providerOrderId)),
  startCount: z.optional(integer),
  remains: z.optional(integer),
  tried: z.optional(z.string()),
  inHandOf: z.optional(id(staffId)),
  attempt: z.optional(id(attempt)),
  leaseUntil: z.optional(time),
  reason: z.optional(z.enum(orderReasons)),
  said: z.optional(z.string()),
  heard: z.optional(z.string()),
  sentAgain: z.optional(z.boolean()),
  history: z.optional(z.string()),
  runs: z.optional(integer),
  interval: z.optional(integer),
  feed: z.optional(
    z.object({
      started: integer,
      over: integer,
      completed: integer,
      canceled: integer,
      nextAt: time,
      pausedBy: z.optional(z.enum(['customer', 'staff'])),
      pausedAt: z.optional(time),
      stoppedAt: z.optional(time),
      turn: integer,
    }),
  ),
  runOf: z.optional(z.object({ order: numberId(orderId), run: integer })),
})

/** How far its runs have come, as it lies in the order's item. */
export const writeFeed = ({ nextAt, pausedBy, pausedAt, stoppedAt, ...counts }: Feed) => ({
  ...counts,
  nextAt: iso(nextAt),
  ...(pausedBy ? { pausedBy } : {}),
  ...(pausedAt ? { pausedAt: iso(pausedAt) } : {}),
  ...(stoppedAt ? { stoppedAt: iso(stoppedAt) } : {}),
})

/** Reads an order's item; throws for one that is not. */
export function readOrder(item: unknown): Order {
  const { type, changedAt, history, tried, ...rest } = orderItem.parse(item)
  if (!type) throw new Error(`order ${rest.orderId} is of a type nobody knows`)
  return {
    ...rest,
    type,
    changedAt: changedAt ?? rest.acceptedAt,
    tried: tried?.split(' ') ?? [],
    history: readHistory(history, rest.acceptedAt),
  }
}

const payloadItem = z.object({ link: z.optional(z.string()), comments: z.optional(z.string()) })
export const readPayload = (item: unknown): OrderPayload => payloadItem.parse(item)

/**
 * A link and the name of the provider's service lie in the order's own item up to this many bytes together, so that it
 * stays within 1 KB with all that comes to it in an order's life. Longer links lie in the payload.
 */
const inlineBytes = 135
/** What an order in runs, or a run, carries besides. */
const runBytes = 30

/** A new order as its items. */
export function newOrderItems(
  order: Omit<Order, 'link' | 'hasPayload' | 'history' | 'tried'>,
  link: string,
  comments: string | undefined,
) {
  const room = inlineBytes - (order.runs === undefined && order.runOf === undefined ? 0 : runBytes)
  const inline = Buffer.byteLength(link) + Buffer.byteLength(order.providerServiceId) <= room
  const hasPayload = !inline || comments !== undefined
  const { acceptedAt: at, changedAt: _, feed, ...kept } = order
  return {
    order: {
      ...keys.order(order.customerId, order.orderId),
      ...kept,
      ...(inline ? { link } : {}),
      ...(hasPayload ? { hasPayload } : {}),
      acceptedAt: acceptedAt(at, order.orderId),
      acceptedOn: acceptedOn(dayOf(at), order.orderId % acceptedShards),
      linkKey: linkKey(link),
      // What goes to no provider is looked for in one place until it is over.
      ...(isManual(order) ? { openOn: openLists.manual() } : {}),
      ...(feed ? { feed: writeFeed(feed), openOn: openLists.feed(order.providerId) } : {}),
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
  /** Why it stands so from now on. */
  readonly reason?: OrderReason | undefined
  readonly set?: Readonly<Record<string, unknown>>
  readonly remove?: readonly string[]
  /** Further attributes that must be as they were seen. */
  readonly only?: Readonly<Record<string, unknown>>
  /** Whose attempt this is. The same attempt's change once more is no change: an answer lost on the way is asked for again. */
  readonly attempt?: Attempt
}

/** Which order. */
type Named = Pick<Order, 'customerId' | 'orderId'>

/**
 * A change of state as an update of the order's item. The condition is printed from the transition, so the table itself
 * refuses every other. The step goes into the order's history in the same write; where only the order's name is known, it
 * is written down with the step after it.
 */
export function move(order: Order | Named, name: TransitionName, at: Date, change: Change = {}) {
  const { from, to } = transitions[name]
  const history = 'state' in order ? written(order, { state: to, at, reason: change.reason }) : undefined
  const { reason, attempt } = change
  const set = Object.entries({
    ...change.set,
    state: to,
    changedAt: iso(at),
    ...(attempt === undefined ? {} : { attempt }),
    reason,
    history,
  }).filter(([, value]) => value !== undefined)
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

/** The order's history with this step, as it lies in the item. */
export const written = (order: Order, step: Step): string | undefined => writeHistory(goOn(order, step), order.acceptedAt)

/** The order as it stands after the change; undefined when it was in no state to be changed so. */
export async function change(order: Order | Named, name: TransitionName, at: Date, more: Change): Promise<Order | undefined> {
  return update({ ...move(order, name, at, more), ReturnValues: 'ALL_NEW' })
}

/** Undefined when the condition does not hold. */
export async function update(input: Omit<UpdateCommandInput, 'TableName'>): Promise<Order | undefined> {
  const { db, name: TableName } = table()
  const changed = await ifItHolds(() => db.send(new UpdateCommand({ TableName, ...input })))
  return changed && readOrder(changed.Attributes)
}
