import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import type { ProviderId, ProviderOrderId } from '../../core/ids.ts'
import type { Grant } from '../../core/need.ts'
import { drawerOf, grades, readCards } from '../../core/orders/cards.ts'
import type { Order } from '../../core/orders/order.ts'
import { dayOf, later } from '../../core/time.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import {
  acceptedAt,
  acceptedOn,
  acceptedShards,
  bitsOf,
  type CardIndex,
  drawerKey,
  keys,
  linkKey,
  numberKey,
  readAcceptedAt,
  sentLateKey,
} from '../keys.ts'
import { queryAll } from '../query.ts'
import { table } from '../table.ts'
import { type AcceptedRow, acceptedLists, onList } from './accepted.ts'
import { filedUntil, firstSeconds } from './file-orders.ts'
import { getOrders } from './get.ts'
import type { OrderPage } from './read-orders.ts'

export const mayLookUpLinks: readonly Grant[] = [
  { on: 'index', index: 'accepted' },
  { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
  { on: 'table', actions: ['Query'], keys: ['CARDS#*'] },
  { on: 'table', actions: ['GetItem'], keys: ['FILING'] },
]
export const mayLookUpNumbers: readonly Grant[] = [
  ...mayLookUpLinks,
  { on: 'table', actions: ['Query'], keys: ['SENT-LATE#*'] },
  { on: 'table', actions: ['GetItem'], keys: ['CONFIRMED#*'] },
]

/** Where orders may be that are looked for, as the table's own `acceptedAt`, and how to tell that they are meant. */
interface Places {
  readonly at: readonly string[]
  readonly isMeant: (row: AcceptedRow, order: Order) => boolean
}

/** The clocks of two instances differ by less. */
const apartSeconds = 60

/** The orders of everybody whose link leads to the same target. */
export async function placesOfLink(link: string, now: Date): Promise<Places> {
  const key = linkKey(link)
  const [unfiled, filed] = await everywhere(now, 'link', key, async (list) => {
    const at: string[] = []
    for await (const row of list) if (row.linkKey === key) at.push(row.acceptedAt)
    return at
  })
  return { at: [...filed, ...unfiled], isMeant: (row) => row.linkKey === key }
}

/** The orders that go by a number at one of these providers. */
export async function placesOfNumber(providers: readonly ProviderId[], number: ProviderOrderId, now: Date): Promise<Places> {
  const isMeant = ({ providerId, providerOrderId }: Order): boolean => providerOrderId === number && providers.includes(providerId)
  const [unfiled, filed] = await everywhere(now, 'number', numberKey(number), async (list) => {
    const at: string[] = []
    for await (const rows of inBatches(list, 100))
      for (const order of await getOrders(rows)) if (isMeant(order)) at.push(acceptedAt(order.acceptedAt, order.orderId))
    return at
  })
  const apart = await Promise.all(providers.flatMap((provider) => [sentLate(provider, number), confirmed(provider, number)]))
  return { at: [...filed, ...unfiled, ...apart.flat()], isMeant: (_, order) => isMeant(order) }
}

/** In what is not filed yet, and on the cards. What is filed meanwhile is found twice, not missed. */
async function everywhere(
  now: Date,
  index: CardIndex,
  key: string,
  look: (list: AsyncIterable<AcceptedRow>) => Promise<string[]>,
): Promise<[string[], string[]]> {
  const since = (await filedUntil()) ?? later(now, -firstSeconds)
  const lists = acceptedLists(since, later(now, apartSeconds))
  const [unfiled, filed] = await Promise.all([Promise.all(lists.map(look)), onCards(index, key)])
  return [unfiled.flat(), filed]
}

const cardsItem = z.object({ cards: z.instanceof(Uint8Array) })

async function onCards(index: CardIndex, key: string): Promise<string[]> {
  const bits = bitsOf(key)
  const drawers = grades.map(async (grade) => {
    const at: string[] = []
    const items = queryAll({
      KeyConditionExpression: 'pk = :drawer',
      ExpressionAttributeValues: { ':drawer': drawerKey(index, grade, drawerOf(bits, grade)) },
      ConsistentRead: true,
    })
    for await (const item of items)
      for (const card of readCards(cardsItem.parse(item).cards, bits)) at.push(acceptedAt(card.acceptedAt, card.orderId))
    return at
  })
  return (await Promise.all(drawers)).flat()
}

const placeItem = z.object({ acceptedAt: z.string() })

async function sentLate(provider: ProviderId, number: ProviderOrderId): Promise<string[]> {
  const at: string[] = []
  const items = queryAll({
    KeyConditionExpression: 'pk = :provider AND begins_with(sk, :number)',
    ExpressionAttributeValues: { ':provider': sentLateKey(provider), ':number': `${number} ` },
  })
  for await (const item of items) at.push(placeItem.parse(item).acceptedAt)
  return at
}

async function confirmed(provider: ProviderId, number: ProviderOrderId): Promise<string[]> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.confirmed(provider, number), ConsistentRead: true }))
  return Item ? [placeItem.parse(Item).acceptedAt] : []
}

interface Page {
  readonly cursor: string | undefined
  readonly limit: number
}
const cursorPlace = z.object({ at: z.string().check(z.maxLength(40)) })
/** Places looked at together. */
const atOnce = 50

/** A page of what is meant, newest first. */
export async function pageOfPlaces({ at, isMeant }: Places, { cursor, limit }: Page): Promise<OrderPage> {
  const before = cursor === undefined ? '~' : readCursor(cursorPlace, cursor).at
  const left = [...new Set(at)]
    .filter((place) => place < before)
    .toSorted()
    .reverse()
  const orders: Order[] = []
  for (let first = 0; first < left.length; first += atOnce) {
    const rows = (await Promise.all(left.slice(first, first + atOnce).map(rowAt))).flat()
    const byPlace = new Map((await getOrders(rows)).map((order) => [acceptedAt(order.acceptedAt, order.orderId), order]))
    for (const row of rows) {
      const order = byPlace.get(row.acceptedAt)
      if (!order || !isMeant(row, order)) continue
      orders.push(order)
      if (orders.length < limit) continue
      return { orders, cursor: row.acceptedAt === left.at(-1) ? undefined : writeCursor({ at: row.acceptedAt }) }
    }
  }
  return { orders, cursor: undefined }
}

/** The order that was accepted at this very place, if it is there. */
async function rowAt(place: string): Promise<AcceptedRow[]> {
  const list = acceptedOn(dayOf(readAcceptedAt(place)), Number(place.slice(25)) % acceptedShards)
  const rows: AcceptedRow[] = []
  for await (const row of onList(list, place, place)) rows.push(row)
  return rows
}
