import { ProvisionedThroughputExceededException, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { remembered } from '../core/catalogue/is-sold.ts'
import type { Service } from '../core/catalogue/service.ts'
import { type ProviderId, type ProviderServiceId, providerServiceId, type ServiceId, serviceId, type TaskId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { noteKinds } from '../core/providers/task.ts'
import { iso } from '../core/time.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { keys } from './keys.ts'
import { advance } from './numbers.ts'
import { backOff } from './patience.ts'
import { queryAll } from './query.ts'
import { id, numberId } from './read.ts'
import { getServices, replacing, serviceAsItem } from './services.ts'
import { settings } from './settings.ts'
import { table } from './table.ts'
import { forgottenAt, type Progress, progressLegs, type Run } from './tasks.ts'
import { append, type NamedLeg, transact } from './transact.ts'

/** What a pass has to tell of one service or row. */
const note = z.object({
  /** The provider's id, or which row of its catalogue. */
  row: z.string(),
  name: z.string(),
  serviceId: z.optional(z.int()),
  what: z.enum(noteKinds),
  why: z.optional(z.string()),
})
export type Note = z.output<typeof note>

/** What is done to one service. */
export type ServiceChange =
  | { readonly kind: 'add'; readonly service: Service }
  | { readonly kind: 'replace'; readonly seen: Service; readonly next: Service }

/** Legs that services take of one write, which has a few besides; a transaction takes a hundred. */
export const legsPerWrite = 96
/** How many of them a change may need: with its mark of origin, or its place among what waits for staff. */
export function legsFor(change: ServiceChange): number {
  if (change.kind === 'add') return 2
  return change.seen.paused === change.next.paused ? 1 : 2
}
/** What is told in one write, so that the item of it stays small. */
export const notesPerWrite = 200

interface RunPasses {
  /** Which of our services the provider's services are, as far as they were imported before; by the provider's ids. */
  known(provider: ProviderId): Promise<Map<ProviderServiceId, ServiceId>>
  /** Services as they stand. */
  services(ids: readonly ServiceId[]): Promise<Map<ServiceId, Service>>
  /** Which of them, all of this provider's, the panel has not paused. */
  unpaused(provider: ProviderId, known: ReadonlyMap<ProviderServiceId, ServiceId>): Promise<Map<ProviderServiceId, ServiceId>>
  /** Numbers for new services. */
  numbers(count: number): Promise<ServiceId[]>
  /**
   * Writes what was done and how far the pass is, all or none: whoever goes on with it finds each service either as it was
   * or done. `lost` when it is no longer this run's to do; `stale` when somebody changed one of the services meanwhile.
   */
  write(run: Run, step: PassStep, now: Date): Promise<'written' | 'lost' | 'stale'>
}

interface PassStep {
  readonly from: Progress
  readonly to: Progress
  readonly changes: readonly ServiceChange[]
  readonly notes: readonly Note[]
}

export const runPasses = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['SOURCE#*', 'PAUSED#*'] },
    { on: 'table', actions: ['BatchGetItem'], keys: ['CATALOGUE'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['COUNTER'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['TASK#*', 'BUSY'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['SOURCE#*', 'CATALOGUE', 'NOTE#*', 'PAUSED#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['DeleteItem'], keys: ['PAUSED#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    known: knownServices,
    async services(ids) {
      return new Map((await getServices(ids)).map((service) => [service.serviceId, service]))
    },
    async unpaused(provider, known) {
      const paused = new Set<ServiceId>()
      const found = queryAll({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.pausedService(provider, serviceId(0)).pk },
        ConsistentRead: true,
      })
      for await (const item of found) paused.add(pausedItem.parse(item).serviceId)
      return new Map([...known].filter(([, service]) => !paused.has(service)))
    },
    async numbers(count) {
      const end = await advance('services', count)
      return Array.from({ length: count }, (_, index) => serviceId(end - count + index))
    },
    async write(run, { from, to, changes, notes }, now) {
      const legs: Record<string, NamedLeg> = progressLegs(run, from, to, now)
      if (notes.length > 0)
        legs['note'] = append({ ...keys.note(run.task.taskId, from.at), notes: [...notes], expiresAt: forgottenAt(now) })
      for (const [index, change] of changes.entries()) Object.assign(legs, legsOf(change, index))
      const refused = await inItsTime(legs)
      if (refused === undefined) return 'written'
      return refused === 'busy' || refused === 'task' ? 'lost' : 'stale'
    },
  }),
} satisfies Need<RunPasses>

/** How often a busy table is asked again: half a minute, at most. */
const tries = 100

/** An import writes faster than one partition takes: what was turned away for that was not written, and is written a moment later. */
async function inItsTime(legs: Readonly<Record<string, NamedLeg>>): Promise<string | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transact(legs)
    } catch (error) {
      if (!isThrottled(error) || attempt === tries) throw error
      await backOff(attempt)
    }
  }
}

const throttling: readonly (string | undefined)[] = ['ThrottlingError', 'ProvisionedThroughputExceeded']
const isThrottled = (error: unknown): boolean =>
  error instanceof ProvisionedThroughputExceededException ||
  (error instanceof TransactionCanceledException && (error.CancellationReasons ?? []).some(({ Code }) => throttling.includes(Code)))

function legsOf(change: ServiceChange, index: number): Record<string, NamedLeg> {
  const rules = settings.open()
  if (change.kind === 'add') {
    const { service } = change
    const { providerId, providerServiceId } = service.source
    return {
      [`source ${index}`]: append({ ...keys.source(providerId, providerServiceId), serviceId: service.serviceId }),
      [`service ${index}`]: append(serviceAsItem(remembered(service, rules))),
    }
  }
  const { seen, next } = change
  return { [`service ${index}`]: { Put: replacing(seen, remembered(next, rules)) }, ...pausedLeg(seen, next, index) }
}

/** The list of what waits for staff is written with what it is about. */
function pausedLeg(seen: Service, next: Service, index: number): Record<string, NamedLeg> {
  const Key = keys.pausedService(next.source.providerId, next.serviceId)
  if (next.paused && next.paused !== seen.paused) {
    const { because, at } = next.paused
    return { [`paused ${index}`]: { Put: { Item: { ...Key, serviceId: next.serviceId, because, at: iso(at) } } } }
  }
  return seen.paused && !next.paused ? { [`paused ${index}`]: { Delete: { Key } } } : {}
}

const pausedItem = z.object({ serviceId: numberId(serviceId) })
const sourceItem = z.object({ sk: id(providerServiceId), serviceId: numberId(serviceId) })

async function knownServices(provider: ProviderId): Promise<Map<ProviderServiceId, ServiceId>> {
  const known = new Map<ProviderServiceId, ServiceId>()
  const found = queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.source(provider, providerServiceId('')).pk },
    ConsistentRead: true,
  })
  for await (const item of found) {
    const source = sourceItem.parse(item)
    known.set(source.sk, source.serviceId)
  }
  return known
}

interface ReadPasses {
  known(provider: ProviderId): Promise<Map<ProviderServiceId, ServiceId>>
  services(ids: readonly ServiceId[]): Promise<Map<ServiceId, Service>>
}

/** Our services beside a provider's. */
export const readSources = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['SOURCE#*'] },
    { on: 'table', actions: ['BatchGetItem'], keys: ['CATALOGUE'] },
  ],
  open: () => {
    const { known, services } = runPasses.open()
    return { known, services }
  },
} satisfies Need<ReadPasses>

interface ReadNotes {
  /** What a pass has to tell, in its order; some pages hold fewer rows than others. */
  page(task: TaskId, cursor: string | undefined): Promise<{ readonly notes: readonly Note[]; readonly cursor: string | undefined }>
}

const noteItem = z.object({ sk: z.string(), notes: z.array(note) })
const place = z.object({ after: z.string().check(z.maxLength(20)) })
const notesPerPage = 10

export const readNotes = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['NOTE#*'] }],
  open: () => ({
    async page(task, cursor) {
      const { db, name: TableName } = table()
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk > :after',
          ExpressionAttributeValues: {
            ':pk': keys.note(task, 0).pk,
            ':after': cursor === undefined ? ' ' : readCursor(place, cursor).after,
          },
          Limit: notesPerPage,
        }),
      )
      const items = Items.map((item) => noteItem.parse(item))
      const last = items.at(-1)
      return {
        notes: items.flatMap(({ notes }) => notes),
        cursor: LastEvaluatedKey && last ? writeCursor({ after: last.sk }) : undefined,
      }
    },
  }),
} satisfies Need<ReadNotes>
