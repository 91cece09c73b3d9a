import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type Exchange, exchange } from '../core/catalogue/exchange.ts'
import { type ProviderId, providerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import type { RateOfDay } from '../core/rates/daily-rate.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { type Provider, rateLeg } from './providers.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { table } from './table.ts'
import { beginTask, mayBegin, type NewTask, newTaskId } from './tasks.ts'
import { type NamedLeg, transact } from './transact.ts'

/** A day's rate that moved too far to be taken by a machine, with the one that is in use until somebody decides. */
export interface HeldRate {
  readonly providerId: ProviderId
  readonly currency: string
  readonly day: string
  readonly exchange: Exchange
  readonly from: Exchange
  readonly fromDay: string
  /** Of one that came there slowly: where it stood then. */
  readonly since?: RateOfDay | undefined
  /** Since when this waits. */
  readonly at: Date
  /** Somebody left the one in use: it is not asked again before there is another. */
  readonly isLeft: boolean
}

const billionths = z.pipe(
  z.union([z.int(), z.bigint()]),
  z.transform((value) => exchange(BigInt(value))),
)
const heldItem = z.object({
  sk: id(providerId),
  currency: z.string(),
  day: z.string(),
  exchange: billionths,
  from: billionths,
  fromDay: z.string(),
  since: z.optional(z.object({ day: z.string(), exchange: billionths })),
  at: time,
  left: z.optional(z.literal(true)),
})

function readHeld(item: unknown): HeldRate {
  const { sk, left, ...rest } = heldItem.parse(item)
  return { providerId: sk, ...rest, isLeft: left === true }
}

interface ReadHeldRates {
  all(): Promise<Map<ProviderId, HeldRate>>
  get(provider: ProviderId): Promise<HeldRate | undefined>
}

export const readHeldRates = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['HELD-RATE'] }],
  open: () => ({
    async all() {
      const held = new Map<ProviderId, HeldRate>()
      const items = queryAll({
        KeyConditionExpression: 'pk = :held',
        ExpressionAttributeValues: { ':held': 'HELD-RATE' },
        ConsistentRead: true,
      })
      for await (const item of items) {
        const one = readHeld(item)
        held.set(one.providerId, one)
      }
      return held
    },
    async get(provider) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.heldRate(provider), ConsistentRead: true }))
      return Item && readHeld(Item)
    },
  }),
} satisfies Need<ReadHeldRates>

/** Whatever waited is over. */
export const noHeldRate = (provider: ProviderId): NamedLeg => ({ Delete: { Key: keys.heldRate(provider) } })
export const mayForgetHeldRate = {
  on: 'table',
  actions: ['DeleteItem'],
  keys: ['HELD-RATE'],
  onlyIn: 'TransactWriteItems',
} as const

const mayRate = [
  { on: 'table', actions: ['UpdateItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' },
  mayForgetHeldRate,
] as const

interface FollowRates {
  /** The same rate, confirmed by a later day. */
  confirm(seen: Provider, day: string): Promise<void>
  /** Another rate, and the task that brings what was imported to it. False when its turn comes later: something else has the provider. */
  apply(seen: Provider, exchange: Exchange, day: string, now: Date): Promise<boolean>
  /** Puts a rate before staff, in place of an earlier day's. */
  hold(seen: Provider, next: RateOfDay & Pick<HeldRate, 'since'>, waitsSince: Date): Promise<void>
}

/** What the clock does with a day's rates: in nobody's name. Whoever changed the provider meanwhile is left alone. */
export const followRates = {
  allow: [
    ...mayRate,
    { on: 'table', actions: ['PutItem'], keys: ['HELD-RATE', 'TASK#*', 'BUSY'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async confirm(seen, day) {
      await transact({ provider: rateLeg(seen, seen.exchange, day), held: noHeldRate(seen.providerId) })
    },
    async apply(seen, exchange, day, now) {
      const task = { taskId: newTaskId(now), providerId: seen.providerId, kind: 'recost' as const }
      const also = { provider: rateLeg(seen, exchange, day), held: noHeldRate(seen.providerId) }
      try {
        await beginTask(task, undefined, now, { also })
        return true
      } catch (error) {
        if (error instanceof Refusal && error.code === 'provider-busy') return false
        throw error
      }
    },
    async hold({ providerId, currency, exchange: from, rateDay: fromDay }, { exchange, day, since }, waitsSince) {
      const rate = { currency, day, exchange, from, fromDay, ...(since ? { since } : {}) }
      const held = { Put: { Item: { ...keys.heldRate(providerId), ...rate, at: iso(waitsSince) } } }
      await transact({ provider: stillAt(providerId, from), held })
    },
  }),
} satisfies Need<FollowRates>

const stillAt = (id: ProviderId, seen: Exchange): NamedLeg => ({
  Check: {
    Key: keys.provider(id),
    ConditionExpression: '#status <> :closing AND exchange = :seen AND attribute_exists(rateDay)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':seen': seen, ':closing': 'closing' },
  },
})

interface SettleHeldRates {
  /** Takes it after all; `task` brings what was imported to it. */
  take(seen: Provider, held: HeldRate, task: NewTask, audit: AuditRecord, now: Date): Promise<void>
  /** Leaves the one in use, until the next day's rate. */
  leave(held: HeldRate, audit: AuditRecord, now: Date): Promise<void>
}

/** Refused when somebody decided meanwhile, or another day's came. */
const stillWaits = ({ providerId, day, exchange }: HeldRate) => ({
  Key: keys.heldRate(providerId),
  ConditionExpression: '#day = :day AND exchange = :exchange AND attribute_not_exists(#left)',
  ExpressionAttributeNames: { '#day': 'day', '#left': 'left' },
  ExpressionAttributeValues: { ':day': day, ':exchange': exchange },
})

export const settleHeldRates = {
  allow: [...mayRate, { on: 'table', actions: ['UpdateItem'], keys: ['HELD-RATE'], onlyIn: 'TransactWriteItems' }, ...mayBegin],
  open: () => ({
    async take(seen, held, task, audit, now) {
      const also = { held: { Delete: stillWaits(held) }, provider: rateLeg(seen, held.exchange, held.day, true) }
      const refused = await beginTask(task, audit, now, { also })
      if (refused !== undefined) throw new Refusal(refused === 'held' ? 'rate-settled' : 'provider-changed')
    },
    async leave(held, audit, now) {
      const waits = stillWaits(held)
      const ExpressionAttributeValues = { ...waits.ExpressionAttributeValues, ':left': true }
      const left = { Update: { ...waits, UpdateExpression: 'SET #left = :left', ExpressionAttributeValues } }
      if (await transactAudited(audit, now, { held: left })) throw new Refusal('rate-settled')
    },
  }),
} satisfies Need<SettleHeldRates>
