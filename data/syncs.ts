import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type ProviderId, providerId, type TaskId, taskId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { type Finding, findings } from '../core/providers/balance.ts'
import { type Doubt, doubts } from '../core/providers/sync.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { table } from './table.ts'
import { beginTask, type Ending, finishTask, mayBegin, type NewTask, newTaskId, type Run } from './tasks.ts'
import type { NamedLeg } from './transact.ts'

/** An answer of a provider that was not taken for the truth, with what there is to judge it by. */
export interface Held {
  /** The task that asked. */
  readonly taskId: TaskId
  readonly at: Date
  readonly because: Doubt
  readonly finding: Finding
  /** How many services it named, how many of ours are not among them, and out of how many. */
  readonly offered: number
  readonly vanished: number
  readonly known: number
  /** Names of some that vanished. */
  readonly names: readonly string[]
}

/** How up to date what we have of a provider is. */
export interface Sync {
  readonly providerId: ProviderId
  readonly begunAt?: Date | undefined
  readonly held?: Held | undefined
}

const syncItem = z.object({
  sk: id(providerId),
  begunAt: z.optional(time),
  held: z.optional(
    z.object({
      taskId: id(taskId),
      at: time,
      because: z.enum(doubts),
      finding: z.enum(findings),
      offered: z.int(),
      vanished: z.int(),
      known: z.int(),
      names: z.array(z.string()),
    }),
  ),
})

function readSync(item: unknown): Sync {
  const { sk, ...rest } = syncItem.parse(item)
  return { providerId: sk, ...rest }
}

interface ReadSyncs {
  /** Those that there were. */
  all(): Promise<Map<ProviderId, Sync>>
  get(provider: ProviderId): Promise<Sync>
}

export const readSyncs = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['SYNC'] }],
  open: () => ({
    async all() {
      const syncs = new Map<ProviderId, Sync>()
      const items = queryAll({ KeyConditionExpression: 'pk = :sync', ExpressionAttributeValues: { ':sync': 'SYNC' } })
      for await (const item of items) {
        const sync = readSync(item)
        syncs.set(sync.providerId, sync)
      }
      return syncs
    },
    async get(provider) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.sync(provider), ConsistentRead: true }))
      return Item ? readSync(Item) : { providerId: provider }
    },
  }),
} satisfies Need<ReadSyncs>

/** What a sync was told besides whose it is. */
const plan = z.object({ agreedTo: z.optional(z.int()) })
/** How many services may vanish at once because somebody agreed to it. */
export const agreedToIn = (item: unknown): number => plan.parse(item).agreedTo ?? 0

const mayNote = { on: 'table', actions: ['UpdateItem'], keys: ['SYNC'], onlyIn: 'TransactWriteItems' } as const

const begunLeg = ({ providerId }: Pick<NewTask, 'providerId'>, now: Date, only: Condition = {}): NamedLeg => ({
  Update: {
    Key: keys.sync(providerId),
    UpdateExpression: 'SET begunAt = :now',
    ...only,
    ExpressionAttributeValues: { ':now': iso(now), ...only.ExpressionAttributeValues },
  },
})
type Condition = {
  readonly ConditionExpression?: string
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>>
}

interface BeginSyncs {
  /** Begun by staff. */
  begin(task: NewTask, audit: AuditRecord, now: Date): Promise<void>
  /** Begun by the clock, once for the turn that was `seen`; not at all while something else has the provider. */
  beginByClock(provider: ProviderId, seen: Sync, now: Date): Promise<void>
}

export const beginSyncs = {
  allow: [mayNote, ...mayBegin],
  open: () => ({
    async begin(task, audit, now) {
      await beginTask(task, audit, now, { also: { sync: begunLeg(task, now) } })
    },
    beginByClock,
  }),
} satisfies Need<BeginSyncs>

async function beginByClock(providerId: ProviderId, { begunAt }: Sync, now: Date): Promise<void> {
  const only = begunAt
    ? { ConditionExpression: 'begunAt = :seen', ExpressionAttributeValues: { ':seen': iso(begunAt) } }
    : { ConditionExpression: 'attribute_not_exists(begunAt)' }
  const task = { taskId: newTaskId(now), providerId, kind: 'sync' as const }
  try {
    await beginTask(task, undefined, now, { also: { sync: begunLeg(task, now, only) } })
  } catch (error) {
    // Its turn comes again in a minute.
    if (!(error instanceof Refusal && error.code === 'provider-busy')) throw error
  }
}

/** The same for the worker that keeps the clock: it begins nothing in anybody's name. */
export const beginSyncsByClock = {
  allow: [
    mayNote,
    { on: 'table', actions: ['PutItem'], keys: ['TASK#*', 'BUSY'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['GetItem'], keys: ['SYNC'] },
  ],
  open: () => ({ begin: beginByClock, get: readSyncs.open().get }),
} satisfies Need<{ begin: BeginSyncs['beginByClock']; get: ReadSyncs['get'] }>

interface FinishSyncs {
  /** Ends a task that asked for a catalogue, with what was not taken for the truth; without that, an earlier doubt is over. */
  finish(run: Run, now: Date, so: Ending, held: Held | undefined): Promise<void>
}

export const finishSyncs = {
  allow: [
    mayNote,
    { on: 'table', actions: ['UpdateItem'], keys: ['TASK#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['DeleteItem'], keys: ['BUSY'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['GetItem'], keys: ['TASK#*'] },
    ...mayAudit,
  ],
  open: () => ({
    async finish(run, now, so, held) {
      const Key = keys.sync(run.task.providerId)
      const Update = held
        ? {
            Key,
            UpdateExpression: 'SET held = :held',
            ExpressionAttributeValues: { ':held': { ...held, at: iso(held.at), names: [...held.names] } },
          }
        : { Key, UpdateExpression: 'REMOVE held' }
      await finishTask(run, now, so, { sync: { Update } })
    },
  }),
} satisfies Need<FinishSyncs>

interface SettleSyncs {
  /** Asks again, and takes what vanished out of sale as far as it is no more than was seen. */
  take(task: NewTask, seen: Held, audit: AuditRecord, now: Date): Promise<void>
  /** Leaves everything as it is: until the next answer of that kind. */
  ignore(provider: ProviderId, seen: Held, audit: AuditRecord, now: Date): Promise<void>
}

/** Refused when somebody decided meanwhile, or another answer came. */
const stillHeld = (seen: Held): Condition => ({
  ConditionExpression: 'held.taskId = :held',
  ExpressionAttributeValues: { ':held': seen.taskId },
})

export const settleSyncs = {
  allow: [mayNote, ...mayBegin],
  open: () => ({
    async take(task, seen, audit, now) {
      const also = { sync: begunLeg(task, now, stillHeld(seen)) }
      if (await beginTask(task, audit, now, { plan: { agreedTo: seen.vanished }, also })) throw new Refusal('sync-settled')
    },
    async ignore(provider, seen, audit, now) {
      const sync = { Update: { Key: keys.sync(provider), UpdateExpression: 'REMOVE held', ...stillHeld(seen) } }
      if (await transactAudited(audit, now, { sync })) throw new Refusal('sync-settled')
    },
  }),
} satisfies Need<SettleSyncs>
