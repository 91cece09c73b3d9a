import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { remembered } from '../core/catalogue/is-sold.ts'
import type { Service } from '../core/catalogue/service.ts'
import { type ProviderId, type ServiceId, serviceId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { keys } from './keys.ts'
import { numberId } from './read.ts'
import { getServices, replacing } from './services.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'

interface ListPausedServices {
  /** How many there are: all of some thousands. */
  count(provider: ProviderId): Promise<number>
  /** What the panel took out of sale, by number. */
  page(
    provider: ProviderId,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ readonly services: readonly Service[]; readonly cursor: string | undefined }>
}

const pausedItem = z.object({ sk: z.string(), serviceId: numberId(serviceId) })
const place = z.object({ after: z.string().check(z.maxLength(20)) })
const pk = (provider: ProviderId): string => keys.pausedService(provider, serviceId(0)).pk

export const listPausedServices = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['PAUSED#*'] },
    { on: 'table', actions: ['BatchGetItem'], keys: ['CATALOGUE'] },
  ],
  open: () => ({
    async count(provider) {
      const { db, name: TableName } = table()
      const { Count = 0 } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': pk(provider) },
          Select: 'COUNT',
        }),
      )
      return Count
    },
    async page(provider, cursor, limit) {
      const { db, name: TableName } = table()
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk > :after',
          ExpressionAttributeValues: {
            ':pk': pk(provider),
            ':after': cursor === undefined ? ' ' : readCursor(place, cursor).after,
          },
          Limit: limit,
        }),
      )
      const items = Items.map((item) => pausedItem.parse(item))
      const last = items.at(-1)
      return {
        services: await getServices(items.map(({ serviceId }) => serviceId)),
        cursor: LastEvaluatedKey && last ? writeCursor({ after: last.sk }) : undefined,
      }
    },
  }),
} satisfies Need<ListPausedServices>

/** Services settled in one go: two legs each, beside the audit trail's. */
export const mostSettled = 40

interface SettlePausedServices {
  /** Puts them back on sale as they are now, or leaves them out of it by staff's own word. Answers how many there were. */
  settle(
    provider: ProviderId,
    ids: readonly ServiceId[],
    verdict: 'sell' | 'disable',
    audit: AuditRecord,
    now: Date,
  ): Promise<number>
}

export const settlePausedServices = {
  allow: [
    { on: 'table', actions: ['BatchGetItem'], keys: ['CATALOGUE'] },
    { on: 'table', actions: ['PutItem'], keys: ['CATALOGUE'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['DeleteItem'], keys: ['PAUSED#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    async settle(provider, ids, verdict, audit, now) {
      for (;;) {
        const paused = (await getServices(ids)).filter(
          ({ paused, source }) => paused && paused.because !== 'provider-deleted' && source.providerId === provider,
        )
        if (paused.length === 0) return 0
        const rules = settings.open()
        const legs = paused.flatMap((seen, index) => {
          const next = { ...seen, paused: undefined, enabled: verdict === 'sell' ? seen.enabled : false }
          return [
            [`service ${index}`, { Put: replacing(seen, remembered(next, rules)) }] as const,
            [`paused ${index}`, { Delete: { Key: keys.pausedService(provider, seen.serviceId) } }] as const,
          ]
        })
        // Somebody changed one of them meanwhile: as it is now, then.
        if ((await transactAudited(audit, now, Object.fromEntries(legs))) === undefined) return paused.length
      }
    },
  }),
} satisfies Need<SettlePausedServices>
