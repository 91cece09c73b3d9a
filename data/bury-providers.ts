import * as z from 'zod/mini'
import { type ProviderId, providerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { iso, later } from '../core/time.ts'
import { keys } from './keys.ts'
import { openAtProvider } from './orders/open-at-provider.ts'
import type { Provider } from './providers.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { readTasks } from './tasks.ts'
import { transact } from './transact.ts'

/**
 * An order that was priced before the services were taken out of sale may still be on its way to the table: no request
 * lives as long as this, and no index lags so far behind.
 */
export const quietSeconds = 300

interface BuryProviders {
  /** Ends a provider that is being deleted, with its key, once nothing of it can be under way any more. */
  bury(provider: Provider, now: Date): Promise<void>
}

export const buryProviders = {
  allow: [
    ...openAtProvider.allow,
    { on: 'table', actions: ['GetItem'], keys: ['BUSY'] },
    {
      on: 'table',
      actions: ['DeleteItem'],
      keys: ['PROVIDER', 'BALANCE', 'SYNC', 'LINE', 'HELD-RATE'],
      onlyIn: 'TransactWriteItems',
    },
    { on: 'table', actions: ['PutItem'], keys: ['FORMER-PROVIDER'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async bury({ providerId, name, createdAt, status, closingSince }, now) {
      if (status !== 'closing' || !closingSince || closingSince > later(now, -quietSeconds)) return
      if (await readTasks.open().underWay(providerId)) return
      if (await openAtProvider.open().any(providerId, now)) return
      await transact({
        provider: {
          Delete: {
            Key: keys.provider(providerId),
            ConditionExpression: '#status = :closing',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':closing': 'closing' },
          },
        },
        balance: { Delete: { Key: keys.balance(providerId) } },
        sync: { Delete: { Key: keys.sync(providerId) } },
        line: { Delete: { Key: keys.line(providerId) } },
        rate: { Delete: { Key: keys.heldRate(providerId) } },
        former: {
          Put: {
            Item: { ...keys.formerProvider(providerId), providerId, name, createdAt: iso(createdAt), deletedAt: iso(now) },
          },
        },
      })
    },
  }),
} satisfies Need<BuryProviders>

/** A provider that is no more, by the name that old orders know it by. */
export interface FormerProvider {
  readonly providerId: ProviderId
  readonly name: string
  readonly createdAt: Date
  readonly deletedAt: Date
}

const formerItem = z.object({ providerId: id(providerId), name: z.string(), createdAt: time, deletedAt: time })

interface ReadFormerProviders {
  all(): Promise<FormerProvider[]>
}

export const readFormerProviders = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['FORMER-PROVIDER'] }],
  open: () => ({
    async all() {
      const former: FormerProvider[] = []
      const found = queryAll({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'FORMER-PROVIDER' } })
      for await (const item of found) former.push(formerItem.parse(item))
      return former
    },
  }),
} satisfies Need<ReadFormerProviders>
