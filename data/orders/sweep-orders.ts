import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type ProviderId, providerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { targetOf } from '../../core/orders/link.ts'
import type { Order } from '../../core/orders/order.ts'
import type { Earlier } from '../../core/orders/parking.ts'
import { isAtProvider } from '../../core/orders/states.ts'
import { iso } from '../../core/time.ts'
import { acceptedAt, keys, openLists } from '../keys.ts'
import { queryAll } from '../query.ts'
import { id, time } from '../read.ts'
import { table } from '../table.ts'
import { acceptedBetween } from './accepted.ts'
import { mayLookUpLinks, pageOfPlaces, placesOfLink } from './card-index.ts'
import { change, update } from './item.ts'
import { onOpenList } from './open-list.ts'
import { linkOf } from './payload.ts'

/** A parked order as it stands, and its place in the list. */
export interface ParkedOrder {
  readonly order: Order
  readonly place: string
}

interface SweepOrders {
  /** Up to when every accepted order has been looked at; undefined before the first sweep. */
  sweptUntil(): Promise<Date | undefined>
  setSweptUntil(until: Date): Promise<void>
  /** Orders accepted within the span, as they stand. */
  acceptedBetween(from: Date, to: Date): AsyncIterable<Order>
  /** Orders that were not sent when they were last looked at, as they stand. */
  waiting(): AsyncIterable<Order>
  /** From a place in the list to its end, and from its beginning to that place: all of them, once. */
  parked(provider: ProviderId, from?: string): AsyncIterable<ParkedOrder>
  /** The one that was accepted first. */
  firstParked(provider: ProviderId): Promise<Order | undefined>
  /** Where the lists of parked orders were left that were not looked through to the end. */
  leftAt(): Promise<Map<ProviderId, string>>
  leaveAt(provider: ProviderId, place: string | undefined): Promise<void>
  /** What its link leads to. */
  targetFor(order: Order): Promise<string>
  /** How another order for the same target stands at the same provider: the one that it may be busy with. */
  earlierFor(order: Order, now: Date): Promise<Earlier>
  /** Keeps an unsent order in sight until it is sent. */
  watch(order: Order): Promise<void>
  /** The worker that had it is gone: it may have been sent. */
  lose(order: Order, now: Date): Promise<boolean>
  /** What it waited for may be over. */
  resume(order: Order, now: Date): Promise<boolean>
}

export const sweepOrders = {
  allow: [
    { on: 'index', index: 'accepted' },
    { on: 'index', index: 'open' },
    { on: 'table', actions: ['BatchGetItem', 'UpdateItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['GetItem'], keys: ['PAYLOAD#*'] },
    ...mayLookUpLinks,
    { on: 'table', actions: ['GetItem', 'Query', 'PutItem', 'DeleteItem'], keys: ['SWEEP'] },
  ],
  open: () => ({
    async sweptUntil() {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.sweep(), ConsistentRead: true }))
      return Item && sweepItem.parse(Item).until
    },
    async setSweptUntil(until) {
      const { db, name: TableName } = table()
      await db.send(new PutCommand({ TableName, Item: { ...keys.sweep(), until: iso(until) } }))
    },
    acceptedBetween,
    waiting: () => onOpenList(openLists.waiting()),
    parked: inTurn,
    async firstParked(provider) {
      for await (const order of onOpenList(openLists.parked(provider))) if (order.state === 'parked') return order
      return undefined
    },
    async leftAt() {
      const places = queryAll({
        KeyConditionExpression: 'pk = :sweep AND begins_with(sk, :parked)',
        ExpressionAttributeValues: { ':sweep': keys.sweep().pk, ':parked': keys.sweptTo('').sk },
      })
      const left = new Map<ProviderId, string>()
      for await (const item of places) {
        const { providerId, place } = placeItem.parse(item)
        left.set(providerId, place)
      }
      return left
    },
    async leaveAt(provider, place) {
      const { db, name: TableName } = table()
      const Key = keys.sweptTo(provider)
      if (place === undefined) await db.send(new DeleteCommand({ TableName, Key }))
      else await db.send(new PutCommand({ TableName, Item: { ...Key, providerId: provider, place } }))
    },
    async targetFor(order) {
      return targetOf((await linkOf(order)) ?? '')
    },
    async earlierFor(order, now) {
      const link = await linkOf(order)
      const found = link === undefined ? [] : await sameTarget(link, now)
      const there = found.filter(
        ({ orderId, providerId, providerOrderId }) =>
          orderId !== order.orderId && providerId === order.providerId && providerOrderId !== undefined,
      )
      if (there.some(({ state }) => isAtProvider(state))) return { state: 'open' }
      const last = there.toSorted((one, other) => other.changedAt.getTime() - one.changedAt.getTime())[0]
      return last ? { state: 'over', at: last.changedAt } : { state: 'none' }
    },
    async watch(order) {
      await update({
        Key: keys.order(order.customerId, order.orderId),
        UpdateExpression: 'SET openOn = :list',
        // In either state: a worker may take it in hand at this very moment, and be lost with it.
        ConditionExpression: '#state IN (:accepted, :submitting) AND attribute_not_exists(openOn)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':list': openLists.waiting(), ':accepted': 'accepted', ':submitting': 'submitting' },
        ReturnValues: 'ALL_NEW',
      })
    },
    async lose(order, now) {
      const set = { openOn: openLists.unknown() }
      const remove = ['leaseUntil', 'said']
      const only = { attempt: order.attempt }
      return (await change(order, 'lose', now, { reason: 'worker-lost', set, remove, only })) !== undefined
    },
    async resume(order, now) {
      const set = { openOn: openLists.waiting() }
      // What was read may be from before an earlier turn, and its history with it.
      const only = { changedAt: iso(order.changedAt) }
      return (await change(order, 'resume', now, { set, remove: ['reason'], only })) !== undefined
    },
  }),
} satisfies Need<SweepOrders>

/** The newest orders for a target, whoever's they are. */
const sameTarget = async (link: string, now: Date): Promise<readonly Order[]> =>
  (await pageOfPlaces(await placesOfLink(link, now), { cursor: undefined, limit: 50 })).orders

async function* inTurn(provider: ProviderId, from?: string): AsyncGenerator<ParkedOrder> {
  const parts: (readonly [string, string])[] =
    from === undefined
      ? [['0', '~']]
      : [
          [from, '~'],
          ['0', from],
        ]
  for (const [first, last] of parts)
    for await (const order of onOpenList(openLists.parked(provider), first, last)) {
      const place = acceptedAt(order.acceptedAt, order.orderId)
      if (last !== from || place !== from) yield { order, place }
    }
}

const placeItem = z.object({ providerId: id(providerId), place: z.string() })
const sweepItem = z.object({ until: time })
