import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type ProviderId, providerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { table } from './table.ts'
import { append } from './transact.ts'

/** A provider's key as it lies in the table: encrypted, with its own data key. Base64. */
export interface SealedKey {
  readonly cipherText: string
  readonly nonce: string
  readonly dataKey: string
}

export interface Provider {
  readonly providerId: ProviderId
  readonly name: string
  /** Where it speaks the reseller protocol. */
  readonly url: string
  readonly key: SealedKey
  readonly status: 'active' | 'paused'
  readonly createdAt: Date
}

const providerItem = z.object({
  providerId: id(providerId),
  name: z.string(),
  url: z.string(),
  key: z.object({ cipherText: z.string(), nonce: z.string(), dataKey: z.string() }),
  status: z.enum(['active', 'paused']),
  createdAt: time,
})

interface ReadProviders {
  /** Refuses when there is none. */
  get(id: ProviderId): Promise<Provider>
  all(): Promise<Provider[]>
}

export const readProviders = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['PROVIDER'] }],
  open: () => ({
    async get(id) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.provider(id), ConsistentRead: true }))
      if (!Item) throw new Refusal('provider-not-found')
      return providerItem.parse(Item)
    },
    async all() {
      const found = queryAll({ KeyConditionExpression: 'pk = :provider', ExpressionAttributeValues: { ':provider': 'PROVIDER' } })
      const providers: Provider[] = []
      for await (const item of found) providers.push(providerItem.parse(item))
      return providers
    },
  }),
} satisfies Need<ReadProviders>

interface AddProviders {
  add(provider: Provider, audit: AuditRecord): Promise<void>
}

export const addProviders = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async add(provider, audit) {
      const item = { ...keys.provider(provider.providerId), ...provider, createdAt: iso(provider.createdAt) }
      if (await transactAudited(audit, provider.createdAt, { provider: append(item) })) throw new Refusal('already-exists')
    },
  }),
} satisfies Need<AddProviders>

interface PauseProviders {
  /** Nothing more is sent to it until staff let it go on. */
  pause(id: ProviderId): Promise<void>
}

const withStatus = (id: ProviderId, status: Provider['status']) => ({
  Key: keys.provider(id),
  UpdateExpression: 'SET #status = :status',
  ConditionExpression: 'attribute_exists(pk)',
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: { ':status': status },
})

export const pauseProviders = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['PROVIDER'] }],
  open: () => ({
    async pause(id) {
      const { db, name: TableName } = table()
      await db.send(new UpdateCommand({ TableName, ...withStatus(id, 'paused') }))
    },
  }),
} satisfies Need<PauseProviders>

interface SetProviderStatus {
  /** Written with `audit`. */
  setStatus(id: ProviderId, status: Provider['status'], audit: AuditRecord, now: Date): Promise<void>
}

export const setProviderStatus = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async setStatus(id, status, audit, now) {
      if (await transactAudited(audit, now, { provider: { Update: withStatus(id, status) } }))
        throw new Refusal('provider-not-found')
    },
  }),
} satisfies Need<SetProviderStatus>
