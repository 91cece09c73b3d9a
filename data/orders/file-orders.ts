import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import type { Need } from '../../core/need.ts'
import { type Card, drawerOf, gradeFor, writeCards } from '../../core/orders/cards.ts'
import { iso, later } from '../../core/time.ts'
import { bitsOf, type CardIndex, cardIndexes, keys, numberKey, readAcceptedAt } from '../keys.ts'
import { time } from '../read.ts'
import { table } from '../table.ts'
import { acceptedLists } from './accepted.ts'
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
/** Cards in hand at most: what a worker has in memory does not grow with what it has missed. */
const mostInHand = 65_536
/** Cards of one item: well below the 400 KB that one can have. */
const mostInAnItem = 8_192
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
      const until = later(now, -settledSeconds)
      const since = (await filedUntil()) ?? later(until, -firstSeconds)
      const isDue = since < later(until, -longestSeconds)
      if (!isDue && !(await areEnough(since, until))) return 0
      const hand = new Hand(until)
      let filed = 0
      for (const list of acceptedLists(since, until))
        for await (const rows of inBatches(list, 100)) {
          filed += rows.length
          for (const row of rows)
            if (row.linkKey !== undefined)
              hand.take('link', row.linkKey, { ...readOrderKey(row), acceptedAt: readAcceptedAt(row.acceptedAt) })
          for (const order of await getOrders(rows.map(({ pk, sk }) => ({ pk, sk }))))
            if (order.providerOrderId !== undefined) hand.take('number', numberKey(order.providerOrderId), order)
          if (hand.size >= mostInHand) await hand.lay()
        }
      await hand.lay()
      const { db, name: TableName } = table()
      await db.send(new PutCommand({ TableName, Item: { ...keys.filing(), until: iso(until) } }))
      return filed
    },
  }),
} satisfies Need<FileOrders>

const filingItem = z.object({ until: time })

/** Orders accepted before are filed; undefined before the first time. */
export async function filedUntil(): Promise<Date | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.filing(), ConsistentRead: true }))
  return Item && filingItem.parse(Item).until
}

async function areEnough(since: Date, until: Date): Promise<boolean> {
  let count = 0
  for (const list of acceptedLists(since, until)) for await (const _ of list) if (++count === enough) return true
  return false
}

/** Cards that are being sorted. */
class Hand {
  readonly #until: Date
  #cards: Readonly<Record<CardIndex, Card[]>> = { link: [], number: [] }
  #part = 0

  constructor(until: Date) {
    this.#until = until
  }

  get size(): number {
    return this.#cards.link.length + this.#cards.number.length
  }

  take(index: CardIndex, key: string, { orderId, acceptedAt }: Omit<Card, 'bits'>): void {
    this.#cards[index].push({ bits: bitsOf(key), orderId, acceptedAt })
  }

  /** Lays what is in hand into drawers: what was laid before is not touched. */
  async lay(): Promise<void> {
    const { db, name: TableName } = table()
    const items = cardIndexes.flatMap((index) => this.#drawers(index))
    this.#cards = { link: [], number: [] }
    for (let first = 0; first < items.length; first += writesAtOnce)
      await Promise.all(items.slice(first, first + writesAtOnce).map((Item) => db.send(new PutCommand({ TableName, Item }))))
  }

  #drawers(index: CardIndex) {
    const cards = this.#cards[index]
    const grade = gradeFor(cards.length)
    const drawers = Map.groupBy(cards, ({ bits }) => drawerOf(bits, grade))
    return [...drawers].flatMap(([drawer, all]) =>
      Array.from({ length: Math.ceil(all.length / mostInAnItem) }, (_, nth) => ({
        ...keys.cards(index, grade, drawer, this.#until, this.#part++),
        cards: writeCards(all.slice(nth * mostInAnItem, (nth + 1) * mostInAnItem)),
      })),
    )
  }
}
