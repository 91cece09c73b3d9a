import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import type { Need } from '../../core/need.ts'
import { type Card, drawerOf, gradeFor, writeCards } from '../../core/orders/cards.ts'
import { iso, later } from '../../core/time.ts'
import { bitsOf, type CardIndex, keys, numberKey, readAcceptedAt } from '../keys.ts'
import { time } from '../read.ts'
import { table } from '../table.ts'
import { type AcceptedRow, acceptedLists } from './accepted.ts'
import { getOrders } from './get.ts'
import { readOrderKey } from './open-orders.ts'

/** Younger orders wait: the index may not show them, and most have no number yet. */
const settledSeconds = 900
/** Whoever sends an order that is older than this sees to its card: those of its time may be filed before it is written. */
export const filedWithinSeconds = 300
/** Fewer orders than this wait for more, so that a write is shared by many; but not much longer than a day. */
const enough = 1_000
const longestSeconds = 86_400
/** The first filing goes back so far. */
export const firstSeconds = 7 * 86_400
/** Orders filed at a time: should all be for one link, their cards still fit into one item. */
const mostAtOnce = 16_384
const readsAtOnce = 100
const writesAtOnce = 25

interface FileOrders {
  /** Files what was accepted since the last time, once it is enough to be filed together. Answers how many orders it filed. */
  file(now: Date): Promise<number>
}

/** Orders are filed under their links and their providers' numbers many at a time: a card costs a fraction of a write. */
export const fileOrders = {
  allow: [
    { on: 'index', index: 'accepted' },
    { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['CARDS#*'] },
    { on: 'table', actions: ['GetItem', 'PutItem'], keys: ['FILING'] },
  ],
  open: () => ({
    async file(now) {
      // Whole hours: who tries again after a crash files the same orders under the same keys.
      const until = hourOf(later(now, -settledSeconds))
      let since = (await filedUntil()) ?? later(until, -firstSeconds)
      let filed = 0
      while (since <= later(until, -longestSeconds) || (await areEnough(since, until))) {
        // After a long standstill day by day, so that what is done stays done.
        const to = new Date(Math.min(until.getTime(), later(since, longestSeconds).getTime()))
        filed += await fileBetween(since, to)
        since = to
      }
      return filed
    },
  }),
} satisfies Need<FileOrders>

const hourOf = (at: Date): Date => new Date(at.getTime() - (at.getTime() % 3_600_000))

const filingItem = z.object({ until: time })

/** Orders accepted before are filed; undefined before the first time. */
export async function filedUntil(): Promise<Date | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.filing(), ConsistentRead: true }))
  return Item && filingItem.parse(Item).until
}

async function areEnough(since: Date, until: Date): Promise<boolean> {
  let count = 0
  for await (const _ of rowsBetween(since, until)) if (++count === enough) return true
  return false
}

async function* rowsBetween(since: Date, until: Date): AsyncGenerator<AcceptedRow> {
  for (const list of acceptedLists(since, until)) yield* list
}

/** The cards first: who searches meanwhile finds an order twice, never not at all. */
async function fileBetween(since: Date, until: Date): Promise<number> {
  const { db, name: TableName } = table()
  let filed = 0
  for await (const rows of inBatches(rowsBetween(since, until), mostAtOnce)) {
    const items = [...drawers('link', linkCards(rows)), ...drawers('number', await numberCards(rows))].map(
      ({ of, grade, drawer, cards }) => ({ ...keys.cards(of, grade, drawer, until, filed), cards }),
    )
    for (let first = 0; first < items.length; first += writesAtOnce)
      await Promise.all(items.slice(first, first + writesAtOnce).map((Item) => db.send(new PutCommand({ TableName, Item }))))
    filed += rows.length
  }
  await db.send(new PutCommand({ TableName, Item: { ...keys.filing(), until: iso(until) } }))
  return filed
}

const linkCards = (rows: readonly AcceptedRow[]): Card[] =>
  rows.flatMap((row) =>
    row.linkKey === undefined
      ? []
      : [{ bits: bitsOf(row.linkKey), orderId: readOrderKey(row).orderId, acceptedAt: readAcceptedAt(row.acceptedAt) }],
  )

async function numberCards(rows: readonly AcceptedRow[]): Promise<Card[]> {
  const cards: Card[] = []
  for (let first = 0; first < rows.length; first += readsAtOnce)
    for (const order of await getOrders(rows.slice(first, first + readsAtOnce)))
      if (order.providerOrderId !== undefined) cards.push({ ...order, bits: bitsOf(numberKey(order.providerOrderId)) })
  return cards
}

/** The cards sorted into drawers, as many as share them well. */
function drawers(of: CardIndex, cards: readonly Card[]) {
  const grade = gradeFor(cards.length)
  return [...Map.groupBy(cards, ({ bits }) => drawerOf(bits, grade))].map(([drawer, its]) => ({
    of,
    grade,
    drawer,
    cards: writeCards(its),
  }))
}
