import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type Exchange, exchange, parity } from '../core/catalogue/exchange.ts'
import { type ProviderId, providerId } from '../core/ids.ts'
import type { Money } from '../core/money.ts'
import type { Need } from '../core/need.ts'
import { type CallLimits, usualAtOnce } from '../core/providers/limits.ts'
import { type SyncRules, syncIntervals, usualSync } from '../core/providers/sync.ts'
import type { RateOfDay } from '../core/rates/daily-rate.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, integer, micros, time } from './read.ts'
import { table } from './table.ts'
import { append, type NamedLeg } from './transact.ts'

/** A provider's key as it lies in the table: encrypted, with its own data key. Base64. */
export interface SealedKey {
  readonly cipherText: string
  readonly nonce: string
  readonly dataKey: string
}

/** `closing`: it is being deleted; what still reaches it goes on, and nothing of it is sold any more. */
export const providerStatuses = ['active', 'paused', 'closing'] as const

/** What a provider counts in. */
export interface ProviderMoney {
  /** ISO 4217, or what else it calls it; undefined for the ledger's own currency. */
  readonly currency?: string | undefined
  /** What one of it is in the ledger's currency. */
  readonly exchange: Exchange
  /** Below this much on its balance, in its own currency, staff are warned. */
  readonly lowBalance?: Money | undefined
  /** The day of the rate, of one that follows the daily rate; undefined where staff say what it is. */
  readonly rateDay?: string | undefined
  /** The last day's rate that a person agreed to, of such a one. */
  readonly agreed?: RateOfDay | undefined
}

export interface Provider extends ProviderMoney, CallLimits {
  readonly providerId: ProviderId
  readonly name: string
  /** Where it speaks the reseller protocol. */
  readonly url: string
  readonly key: SealedKey
  readonly status: (typeof providerStatuses)[number]
  readonly createdAt: Date
  readonly closingSince?: Date | undefined
  /** How what we have of it is kept up with, where staff said so. */
  readonly sync?: SyncRules | undefined
}

export const syncRulesOf = ({ sync }: Pick<Provider, 'sync'>): SyncRules => sync ?? usualSync

const billionths = z.pipe(
  z.union([z.int(), z.bigint()]),
  z.transform((value) => exchange(BigInt(value))),
)

const providerItem = z.object({
  providerId: id(providerId),
  name: z.string(),
  url: z.string(),
  key: z.object({ cipherText: z.string(), nonce: z.string(), dataKey: z.string() }),
  status: z.enum(providerStatuses),
  currency: z.optional(z.string()),
  exchange: z._default(billionths, parity),
  lowBalance: z.optional(micros),
  rateDay: z.optional(z.string()),
  agreed: z.optional(z.object({ day: z.string(), exchange: billionths })),
  atOnce: z._default(integer, usualAtOnce),
  perMinute: z.optional(integer),
  createdAt: time,
  closingSince: z.optional(time),
  sync: z.optional(
    z.object({
      everyHours: z.union(syncIntervals.map((hours) => z.literal(hours))),
      jump: z.object({ up: z.int(), down: z.int() }),
    }),
  ),
})

interface ReadProviders {
  /** Refuses when there is none. */
  get(id: ProviderId): Promise<Provider>
  find(id: ProviderId): Promise<Provider | undefined>
  all(): Promise<Provider[]>
}

export const readProviders = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['PROVIDER'] }],
  open: () => ({
    async get(id) {
      const provider = await find(id)
      if (!provider) throw new Refusal('provider-not-found')
      return provider
    },
    find,
    async all() {
      const found = queryAll({ KeyConditionExpression: 'pk = :provider', ExpressionAttributeValues: { ':provider': 'PROVIDER' } })
      const providers: Provider[] = []
      for await (const item of found) providers.push(providerItem.parse(item))
      return providers
    },
  }),
} satisfies Need<ReadProviders>

async function find(id: ProviderId): Promise<Provider | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.provider(id), ConsistentRead: true }))
  return Item && providerItem.parse(Item)
}

interface AddProviders {
  add(provider: Provider, audit: AuditRecord): Promise<void>
}

export const addProviders = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async add(provider, audit) {
      const { createdAt, closingSince, ...rest } = provider
      const item = {
        ...keys.provider(provider.providerId),
        ...rest,
        createdAt: iso(createdAt),
        ...(closingSince ? { closingSince: iso(closingSince) } : {}),
      }
      if (await transactAudited(audit, createdAt, { provider: append(item) })) throw new Refusal('already-exists')
    },
  }),
} satisfies Need<AddProviders>

interface PauseProviders {
  /** Nothing more is sent to it until staff let it go on. One that is being deleted stays what it is. */
  pause(id: ProviderId): Promise<void>
}

const withStatus = (id: ProviderId, status: 'active' | 'paused', from: readonly Provider['status'][]) => ({
  Key: keys.provider(id),
  UpdateExpression: 'SET #status = :status',
  ConditionExpression: `#status IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: { ':status': status, ...Object.fromEntries(from.map((one, index) => [`:from${index}`, one])) },
})

export const pauseProviders = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['PROVIDER'] }],
  open: () => ({
    async pause(id) {
      const { db, name: TableName } = table()
      await ifItHolds(() => db.send(new UpdateCommand({ TableName, ...withStatus(id, 'paused', ['active', 'paused']) })))
    },
  }),
} satisfies Need<PauseProviders>

interface SetProviderStatus {
  /** Written with `audit`. */
  setStatus(id: ProviderId, status: 'active' | 'paused', audit: AuditRecord, now: Date): Promise<void>
}

const mayChange = [
  { on: 'table', actions: ['UpdateItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' },
  ...mayAudit,
] as const satisfies Need<unknown>['allow']

export const setProviderStatus = {
  allow: mayChange,
  open: () => ({
    async setStatus(id, status, audit, now) {
      const provider = { Update: withStatus(id, status, ['active', 'paused']) }
      if (await transactAudited(audit, now, { provider })) throw new Refusal('provider-changed')
    },
  }),
} satisfies Need<SetProviderStatus>

interface EditProviders {
  /** Refused when somebody else has moved it since it was read: the key would go where nobody looked. */
  edit(
    seen: Provider,
    to: Pick<Provider, 'name' | 'url'> & { readonly key?: SealedKey },
    audit: AuditRecord,
    now: Date,
  ): Promise<void>
  replaceKey(id: ProviderId, key: SealedKey, audit: AuditRecord, now: Date): Promise<void>
}

export const editProviders = {
  allow: mayChange,
  open: () => ({
    async edit(seen, { name, url, key }, audit, now) {
      const provider = {
        Update: {
          Key: keys.provider(seen.providerId),
          UpdateExpression: `SET #name = :name, #url = :url${key ? ', #key = :key' : ''}`,
          ConditionExpression: '#url = :seen AND #status <> :closing',
          ExpressionAttributeNames: { '#name': 'name', '#url': 'url', '#status': 'status', ...(key ? { '#key': 'key' } : {}) },
          ExpressionAttributeValues: {
            ':name': name,
            ':url': url,
            ':seen': seen.url,
            ':closing': 'closing',
            ...(key ? { ':key': key } : {}),
          },
        },
      }
      if (await transactAudited(audit, now, { provider })) throw new Refusal('provider-changed')
    },
    async replaceKey(id, key, audit, now) {
      const provider = {
        Update: {
          Key: keys.provider(id),
          UpdateExpression: 'SET #key = :key',
          ConditionExpression: '#status <> :closing AND attribute_exists(pk)',
          ExpressionAttributeNames: { '#key': 'key', '#status': 'status' },
          ExpressionAttributeValues: { ':key': key, ':closing': 'closing' },
        },
      }
      if (await transactAudited(audit, now, { provider })) throw new Refusal('provider-changed')
    },
  }),
} satisfies Need<EditProviders>

interface LimitProviders {
  limit(id: ProviderId, to: CallLimits, audit: AuditRecord, now: Date): Promise<void>
}

export const limitProviders = {
  allow: mayChange,
  open: () => ({
    async limit(id, { atOnce, perMinute }, audit, now) {
      const provider = {
        Update: {
          Key: keys.provider(id),
          UpdateExpression: `SET atOnce = :atOnce${perMinute === undefined ? ' REMOVE perMinute' : ', perMinute = :perMinute'}`,
          ConditionExpression: '#status <> :closing AND attribute_exists(pk)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: {
            ':atOnce': atOnce,
            ':closing': 'closing',
            ...(perMinute === undefined ? {} : { ':perMinute': perMinute }),
          },
        },
      }
      if (await transactAudited(audit, now, { provider })) throw new Refusal('provider-changed')
    },
  }),
} satisfies Need<LimitProviders>

interface SetSyncRules {
  set(seen: Provider, rules: SyncRules, audit: AuditRecord, now: Date): Promise<void>
}

export const setSyncRules = {
  allow: mayChange,
  open: () => ({
    async set({ providerId }, sync, audit, now) {
      const provider = {
        Update: {
          Key: keys.provider(providerId),
          UpdateExpression: 'SET #sync = :sync',
          ConditionExpression: '#status <> :closing AND attribute_exists(pk)',
          ExpressionAttributeNames: { '#sync': 'sync', '#status': 'status' },
          ExpressionAttributeValues: { ':sync': sync, ':closing': 'closing' },
        },
      }
      if (await transactAudited(audit, now, { provider })) throw new Refusal('provider-changed')
    },
  }),
} satisfies Need<SetSyncRules>

/** What a provider counts in, as a leg of a larger write. */
export function moneyLeg({ providerId, exchange: seen }: Provider, to: ProviderMoney): NamedLeg {
  const given = [
    ['currency', to.currency],
    ['lowBalance', to.lowBalance],
    ['rateDay', to.rateDay],
    ['agreed', to.rateDay === undefined ? undefined : { day: to.rateDay, exchange: to.exchange }],
  ] as const
  const set = given.filter(([, value]) => value !== undefined)
  const gone = given.filter(([, value]) => value === undefined).map(([name]) => `#${name}`)
  return {
    Update: {
      Key: keys.provider(providerId),
      UpdateExpression: `SET exchange = :exchange${set.map(([name]) => `, #${name} = :${name}`).join('')}${gone.length === 0 ? '' : ` REMOVE ${gone.join(', ')}`}`,
      ConditionExpression: '#status <> :closing AND (exchange = :seen OR attribute_not_exists(exchange))',
      ExpressionAttributeNames: { '#status': 'status', ...Object.fromEntries(given.map(([name]) => [`#${name}`, name])) },
      ExpressionAttributeValues: {
        ':exchange': to.exchange,
        ':seen': seen,
        ':closing': 'closing',
        ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
      },
    },
  }
}

/**
 * A day's rate in place of the one that was seen, while the provider still follows it and counts in the same currency.
 * `isAgreed`: a person said so.
 */
export function rateLeg(
  { providerId, exchange: seen, currency }: Provider,
  exchange: Exchange,
  day: string,
  isAgreed = false,
): NamedLeg {
  return {
    Update: {
      Key: keys.provider(providerId),
      UpdateExpression: `SET exchange = :exchange, rateDay = :day${isAgreed ? ', agreed = :agreed' : ''}`,
      ConditionExpression: '#status <> :closing AND exchange = :seen AND #currency = :currency AND rateDay <= :day',
      ExpressionAttributeNames: { '#status': 'status', '#currency': 'currency' },
      ExpressionAttributeValues: {
        ':exchange': exchange,
        ':day': day,
        ':seen': seen,
        ':currency': currency,
        ':closing': 'closing',
        ...(isAgreed ? { ':agreed': { day, exchange } } : {}),
      },
    },
  }
}

/** It is to be deleted, from any state but that. */
export const closeLeg = (id: ProviderId, now: Date): NamedLeg => ({
  Update: {
    Key: keys.provider(id),
    UpdateExpression: 'SET #status = :closing, closingSince = :now',
    ConditionExpression: '#status <> :closing AND attribute_exists(pk)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':closing': 'closing', ':now': iso(now) },
  },
})

/** It is there, and is not being deleted: what is added to one that is would outlive it. */
export const stillThere = (id: ProviderId): NamedLeg => ({
  Check: {
    Key: keys.provider(id),
    ConditionExpression: 'attribute_exists(pk) AND #status <> :closing',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':closing': 'closing' },
  },
})
