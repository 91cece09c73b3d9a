import { isDeepStrictEqual } from 'node:util'
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { remembered } from '../core/catalogue/is-sold.ts'
import type { MarkUp } from '../core/catalogue/mark-up.ts'
import { type Origin, origins, type Service } from '../core/catalogue/service.ts'
import {
  type ImportId,
  importId,
  type ProviderId,
  type ProviderServiceId,
  providerId,
  providerServiceId,
  type ServiceId,
  type StaffId,
  serviceId,
  staffId,
} from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { advance } from './numbers.ts'
import { queryAll } from './query.ts'
import { id, integer, microsPer1000, numberId, time } from './read.ts'
import { getService, replacing, serviceAsItem } from './services.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'
import { append, transact } from './transact.ts'

/** A provider's catalogue being taken over into ours. */
export interface Import {
  readonly importId: ImportId
  readonly providerId: ProviderId
  readonly markUp: MarkUp
  /** Where the effect of all its services comes from, as whoever began it attests. */
  readonly origin: Origin
  readonly by: StaffId
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly startedAt: Date
  /** Rows heard, and rows taken over so far. */
  readonly rows: number
  readonly taken: number
  /** Rows that could not be taken, each with its reason: the first fifty. */
  readonly left: readonly string[]
}

const importItem = z.object({
  importId: id(importId),
  providerId: id(providerId),
  markUp: z.object({
    basisPoints: integer,
    fixed: microsPer1000,
    step: z.pipe(
      z.int(),
      z.transform((step: number) => BigInt(step)),
    ),
  }),
  origin: z.enum(origins),
  by: id(staffId),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  startedAt: time,
  rows: integer,
  taken: integer,
  left: z.array(z.string()),
})

interface ReadImports {
  /** Refuses when there is none. */
  get(provider: ProviderId, id: ImportId): Promise<Import>
}

export const readImports = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['IMPORT#*'] }],
  open: () => ({
    async get(provider, id) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.import(provider, id), ConsistentRead: true }))
      if (!Item) throw new Refusal('import-not-found')
      return importItem.parse(Item)
    },
  }),
} satisfies Need<ReadImports>

interface BeginImports {
  /** Written with `audit`; the relay hands it to the worker. */
  begin(wanted: Pick<Import, 'importId' | 'providerId' | 'markUp' | 'origin' | 'by'>, audit: AuditRecord, now: Date): Promise<void>
}

export const beginImports = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['IMPORT#*'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async begin(wanted, audit, now) {
      const item = {
        ...keys.import(wanted.providerId, wanted.importId),
        ...wanted,
        state: 'waiting',
        startedAt: iso(now),
        rows: 0,
        taken: 0,
        left: [],
      }
      if (await transactAudited(audit, now, { import: append(item) })) throw new Refusal('already-exists')
    },
  }),
} satisfies Need<BeginImports>

interface RunImports {
  report(running: Import): Promise<void>
  /** Which of our services the provider's services are, as far as they were imported before. */
  known(provider: ProviderId): Promise<Map<ProviderServiceId, ServiceId>>
  /** Numbers for new services. */
  numbers(count: number): Promise<ServiceId[]>
  /** A new service and the mark of where it came from. False when that provider's service was imported meanwhile. */
  add(service: Service): Promise<boolean>
  /** Brings a service we have up to date. Tried again on what somebody else made of it meanwhile. */
  refresh(service: ServiceId, change: (service: Service) => Service): Promise<void>
}

export const runImports = {
  allow: [
    { on: 'table', actions: ['UpdateItem'], keys: ['IMPORT#*', 'COUNTER'] },
    { on: 'table', actions: ['GetItem'], keys: ['CATALOGUE'] },
    { on: 'table', actions: ['Query'], keys: ['SOURCE#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['SOURCE#*', 'CATALOGUE'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async report({ providerId, importId, state, rows, taken, left }) {
      const { db, name: TableName } = table()
      await db.send(
        new UpdateCommand({
          TableName,
          Key: keys.import(providerId, importId),
          UpdateExpression: 'SET #state = :state, #rows = :rows, taken = :taken, #left = :left',
          ExpressionAttributeNames: { '#state': 'state', '#rows': 'rows', '#left': 'left' },
          ExpressionAttributeValues: { ':state': state, ':rows': rows, ':taken': taken, ':left': left.slice(0, 50) },
        }),
      )
    },
    async known(provider) {
      const known = new Map<ProviderServiceId, ServiceId>()
      const found = queryAll({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `SOURCE#${provider}` },
        ConsistentRead: true,
      })
      for await (const item of found) {
        const source = sourceItem.parse(item)
        known.set(source.sk, source.serviceId)
      }
      return known
    },
    async numbers(count) {
      const end = await advance('services', count)
      return Array.from({ length: count }, (_, index) => serviceId(end - count + index))
    },
    async add(service) {
      const { providerId, providerServiceId } = service.source
      const source = { ...keys.source(providerId, providerServiceId), serviceId: service.serviceId }
      return (
        (await transact({ source: append(source), service: append(serviceAsItem(remembered(service, settings.open()))) })) ===
        undefined
      )
    },
    async refresh(service, change) {
      for (;;) {
        const seen = await getService(service)
        const next = seen && change(seen)
        if (!seen || isDeepStrictEqual(seen, next)) return
        if ((await transact({ service: { Put: replacing(seen, remembered(next ?? seen, settings.open())) } })) === undefined) return
      }
    },
  }),
} satisfies Need<RunImports>

const sourceItem = z.object({ sk: id(providerServiceId), serviceId: numberId(serviceId) })
