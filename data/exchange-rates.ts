import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Need } from '../core/need.ts'
import type { ReferenceRates } from '../core/rates/reference-rates.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { keys } from './keys.ts'
import { time } from './read.ts'
import { table } from './table.ts'

/** The rates of a day, with whom they are from. */
export interface DaysRates extends ReferenceRates {
  /** The host that was asked. */
  readonly source: string
  readonly takenAt: Date
}

/** What asking for them came to. `older`: it gave the rates of a day before those that are known. */
export const askFindings = ['new', 'same', 'older', 'unreadable', 'unreachable', 'refused', 'too-large'] as const
export type AskFinding = (typeof askFindings)[number]

export interface LastAsked {
  readonly askedAt: Date
  readonly finding: AskFinding
  /** When there was a good answer, last time. */
  readonly goodAt?: Date | undefined
}

const ratesItem = z.object({ sk: z.string(), rates: z.record(z.string(), z.string()), source: z.string(), takenAt: time })
const askedItem = z.object({ askedAt: time, finding: z.enum(askFindings), goodAt: z.optional(time) })

function readRates(item: unknown): DaysRates {
  const { sk, rates, source, takenAt } = ratesItem.parse(item)
  return { day: sk, perEuro: new Map(Object.entries(rates)), source, takenAt }
}

interface ReadExchangeRates {
  /** Of the last days there are rates of, the newest first. */
  latest(days: number): Promise<DaysRates[]>
  asked(): Promise<LastAsked | undefined>
}

export const readExchangeRates = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['EXCHANGE-RATES'] },
    { on: 'table', actions: ['GetItem'], keys: ['EXCHANGE-ASKED'] },
  ],
  open: () => ({
    async latest(days) {
      const { db, name: TableName } = table()
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :rates',
          ExpressionAttributeValues: { ':rates': keys.exchangeRates('').pk },
          ScanIndexForward: false,
          Limit: days,
          ConsistentRead: true,
        }),
      )
      return Items.map(readRates)
    },
    async asked() {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.exchangeAsked(), ConsistentRead: true }))
      return Item && askedItem.parse(Item)
    },
  }),
} satisfies Need<ReadExchangeRates>

/** Long enough to say what a cost of the last year was reckoned with. */
const keptDays = 400

interface KeepExchangeRates {
  /** In place of what was known of that day: the bank corrects itself. */
  keep(rates: DaysRates): Promise<void>
  note(asked: LastAsked): Promise<void>
}

export const keepExchangeRates = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['EXCHANGE-RATES', 'EXCHANGE-ASKED'] }],
  open: () => ({
    async keep({ day, perEuro, source, takenAt }) {
      const { db, name: TableName } = table()
      const expiresAt = epochSeconds(later(takenAt, keptDays * 86_400))
      const rates = Object.fromEntries(perEuro)
      await db.send(
        new PutCommand({ TableName, Item: { ...keys.exchangeRates(day), rates, source, takenAt: iso(takenAt), expiresAt } }),
      )
    },
    async note({ askedAt, finding, goodAt }) {
      const { db, name: TableName } = table()
      const Item = { ...keys.exchangeAsked(), askedAt: iso(askedAt), finding, ...(goodAt ? { goodAt: iso(goodAt) } : {}) }
      await db.send(new PutCommand({ TableName, Item }))
    },
  }),
} satisfies Need<KeepExchangeRates>
