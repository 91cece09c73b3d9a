import { randomBytes } from 'node:crypto'
import { GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type Attempt, type ProviderId, providerId, type StaffId, staffId, type TaskId, taskId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { findings } from '../core/providers/balance.ts'
import { type TaskFailure, type TaskKind, type TaskState, taskFailures, taskKinds, taskStates } from '../core/providers/task.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso, later } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { table } from './table.ts'
import { append, type NamedLeg, transact } from './transact.ts'
import { ifLeft, isLeft } from './unexpired.ts'

/** What a task found out by asking the provider. */
const found = z.object({
  finding: z.enum(findings),
  balance: z.optional(z.string()),
  currency: z.optional(z.string()),
  balanceMilliseconds: z.optional(z.int()),
  services: z.optional(z.int()),
  broken: z.optional(z.int()),
  /** Of those services, the ones we do not have and could sell. */
  fresh: z.optional(z.int()),
  servicesMilliseconds: z.optional(z.int()),
})
export type Found = z.output<typeof found>

/** How far a task is that goes over services, and what it did to them so far. */
const progress = z.object({
  steps: z.int(),
  at: z.int(),
  added: z.int(),
  changed: z.int(),
  paused: z.int(),
  gone: z.int(),
  left: z.int(),
})
export type Progress = z.output<typeof progress>
export const noProgress: Progress = { steps: 0, at: 0, added: 0, changed: 0, paused: 0, gone: 0, left: 0 }

export interface Task {
  readonly taskId: TaskId
  readonly providerId: ProviderId
  readonly kind: TaskKind
  readonly state: TaskState
  /** Undefined for what the panel began by the clock. */
  readonly by?: StaffId | undefined
  readonly startedAt: Date
  readonly endedAt?: Date | undefined
  readonly failure?: TaskFailure | undefined
  readonly found?: Found | undefined
  readonly progress: Progress
}

const taskItem = z.object({
  taskId: id(taskId),
  providerId: id(providerId),
  kind: z.enum(taskKinds),
  state: z.enum(taskStates),
  by: z.optional(id(staffId)),
  startedAt: time,
  endedAt: z.optional(time),
  failure: z.optional(z.enum(taskFailures)),
  found: z.optional(found),
  progress,
})

/** Sorts by time. */
export const newTaskId = (now: Date): TaskId =>
  taskId(`${now.getTime().toString(36).padStart(9, '0')}-${randomBytes(6).toString('hex')}`)

/** Records of what tasks did are kept this long. */
const keptDays = 90
export const forgottenAt = (now: Date): number => Math.floor(later(now, keptDays * 86_400).getTime() / 1000)

interface ReadTasks {
  /** Refuses when there is none. */
  get(provider: ProviderId, id: TaskId, now: Date): Promise<Task>
  /** The newest ones. */
  latest(provider: ProviderId, limit: number, now: Date): Promise<Task[]>
  /** What the provider is being worked on with at the moment. */
  underWay(provider: ProviderId): Promise<TaskId | undefined>
}

export const readTasks = {
  allow: [
    { on: 'table', actions: ['GetItem', 'Query'], keys: ['TASK#*'] },
    { on: 'table', actions: ['GetItem'], keys: ['BUSY'] },
  ],
  open: () => ({
    async get(provider, id, now) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.task(provider, id), ConsistentRead: true }))
      const task = ifLeft(Item, now)
      if (!task) throw new Refusal('task-not-found')
      return taskItem.parse(task)
    },
    async latest(provider, limit, now) {
      const { db, name: TableName } = table()
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': keys.task(provider, taskId('')).pk },
          ScanIndexForward: false,
          Limit: limit,
        }),
      )
      return Items.filter((item) => isLeft(item, now)).map((item) => taskItem.parse(item))
    },
    async underWay(provider) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.busy(provider), ConsistentRead: true }))
      return Item && busyItem.parse(Item).taskId
    },
  }),
} satisfies Need<ReadTasks>

export type NewTask = Pick<Task, 'taskId' | 'providerId' | 'kind' | 'by'>

const taskLeg = (task: NewTask, now: Date): NamedLeg =>
  append({
    ...keys.task(task.providerId, task.taskId),
    ...task,
    state: 'waiting',
    startedAt: iso(now),
    progress: noProgress,
    expiresAt: forgottenAt(now),
  })

/** A runner that was not heard of for this long is gone: the task goes to another. */
const silentSeconds = 45
/** A task that nobody went on with for this long makes room for the next one. */
const abandonedSeconds = 1_800

/** One thing at a time with a provider. */
const busyLeg = ({ providerId, taskId }: NewTask, now: Date): NamedLeg => ({
  Put: {
    Item: { ...keys.busy(providerId), taskId, providerId, beatAt: iso(now), tries: 0 },
    ConditionExpression: 'attribute_not_exists(pk) OR beatAt < :abandoned',
    ExpressionAttributeValues: { ':abandoned': iso(later(now, -abandonedSeconds)) },
  },
})

/** Whatever it needs to know, which is written once. */
const planLeg = ({ taskId }: NewTask, plan: Readonly<Record<string, unknown>>, now: Date): NamedLeg =>
  append({ ...keys.plan(taskId), ...plan, expiresAt: forgottenAt(now) })

/** What it takes to set a task going together with other writes. */
export const mayBegin = [
  { on: 'table', actions: ['PutItem'], keys: ['TASK#*', 'PLAN#*', 'BUSY'], onlyIn: 'TransactWriteItems' },
  ...mayAudit,
] as const satisfies Need<unknown>['allow']

/**
 * Sets a task going, together with `also`; the relay hands it to the worker. Refused while another one has the provider,
 * unless it only asks. Answers the first leg of `also` that was refused. Without `audit`, the panel began it by the clock.
 */
export async function beginTask<Name extends string>(
  task: NewTask,
  audit: AuditRecord | undefined,
  now: Date,
  { plan, also }: { readonly plan?: Readonly<Record<string, unknown>>; readonly also?: Readonly<Record<Name, NamedLeg>> } = {},
): Promise<Name | undefined> {
  const legs: Readonly<Record<string, NamedLeg>> = {
    ...(task.kind === 'test' ? {} : { busy: busyLeg(task, now) }),
    ...also,
    task: taskLeg(task, now),
    ...(plan ? { plan: planLeg(task, plan, now) } : {}),
  }
  const refused = audit ? await transactAudited(audit, now, legs) : await transact(legs)
  if (refused === undefined) return undefined
  if (refused === 'busy') throw new Refusal('provider-busy')
  const mine = Object.keys(also ?? {}).find((name): name is Name => name === refused)
  if (mine === undefined) throw new Error(`the ${refused} of a new task was there before it`)
  return mine
}

interface BeginTasks {
  begin(task: NewTask, audit: AuditRecord, now: Date, plan?: Readonly<Record<string, unknown>>): Promise<void>
}

export const beginTasks = {
  allow: mayBegin,
  open: () => ({
    async begin(task, audit, now, plan?: Readonly<Record<string, unknown>>) {
      await beginTask(task, audit, now, plan ? { plan } : {})
    },
  }),
} satisfies Need<BeginTasks>

const busyItem = z.object({
  taskId: id(taskId),
  providerId: id(providerId),
  beatAt: time,
  tries: z.int(),
})

/** A task in a runner's hands. Whoever holds it may write what came of it, and nobody else. */
export interface Run {
  readonly task: Task
  readonly attempt: Attempt
}

/** How often a task is begun anew without having got anywhere. */
const mostTries = 5

/** How a task ended. */
export interface Ending {
  readonly failure?: TaskFailure | undefined
  readonly found?: Found | undefined
}

interface RunTasks {
  /** Takes a task in hand; undefined when somebody else has it, or it is over. */
  claim(provider: ProviderId, id: TaskId, attempt: Attempt, now: Date): Promise<Run | undefined>
  plan(id: TaskId): Promise<Readonly<Record<string, unknown>>>
  finish(run: Run, now: Date, so: Ending): Promise<void>
  /** Puts it down before it is done: somebody else goes on with it within a minute or two. */
  putDown(run: Run): Promise<void>
}

export const runTasks = {
  allow: [
    { on: 'table', actions: ['GetItem', 'UpdateItem'], keys: ['TASK#*', 'BUSY'] },
    { on: 'table', actions: ['DeleteItem'], keys: ['BUSY'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['GetItem'], keys: ['PLAN#*'] },
    ...mayAudit,
  ],
  open: () => ({
    async claim(provider, id, attempt, now) {
      const task = await readTasks.open().get(provider, id, now)
      if (task.state === 'done' || task.state === 'failed') return undefined
      if (task.kind === 'test') return { task, attempt }
      const held = await claimBusy(task, attempt, now)
      if (held === 'held') return undefined
      const run = { task, attempt }
      if (held === 'overtaken' || held.tries > mostTries) {
        await finishTask(run, now, { failure: held === 'overtaken' ? 'overtaken' : 'gave-up' })
        return undefined
      }
      return run
    },
    async plan(id) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.plan(id), ConsistentRead: true }))
      return Item ?? {}
    },
    finish: finishTask,
    async putDown({ task, attempt }) {
      const { db, name: TableName } = table()
      const command = new UpdateCommand({
        TableName,
        Key: keys.busy(task.providerId),
        UpdateExpression: 'SET tries = :none REMOVE attempt',
        ConditionExpression: 'attempt = :mine',
        ExpressionAttributeValues: { ':mine': attempt, ':none': 0 },
      })
      // It may be in other hands already.
      await ifItHolds(() => db.send(command))
    },
  }),
} satisfies Need<RunTasks>

async function claimBusy(
  { providerId, taskId }: Task,
  attempt: Attempt,
  now: Date,
): Promise<'held' | 'overtaken' | { readonly tries: number }> {
  const { db, name: TableName } = table()
  const claim = new UpdateCommand({
    TableName,
    Key: keys.busy(providerId),
    UpdateExpression: 'SET attempt = :mine, beatAt = :now, tries = tries + :one',
    ConditionExpression: 'taskId = :task AND (attribute_not_exists(attempt) OR beatAt < :silent)',
    ExpressionAttributeValues: {
      ':mine': attempt,
      ':now': iso(now),
      ':one': 1,
      ':task': taskId,
      ':silent': iso(later(now, -silentSeconds)),
    },
    ReturnValues: 'ALL_NEW',
  })
  const claimed = await ifItHolds(() => db.send(claim))
  if (claimed) return busyItem.parse(claimed.Attributes)
  return (await readTasks.open().underWay(providerId)) === taskId ? 'held' : 'overtaken'
}

/** Ends it, together with `also`. */
export async function finishTask(
  { task, attempt }: Run,
  now: Date,
  { failure, found }: Ending,
  also: Readonly<Record<string, NamedLeg>> = {},
): Promise<void> {
  const state = failure ? 'failed' : 'done'
  const Update = {
    Key: keys.task(task.providerId, task.taskId),
    UpdateExpression: `SET #state = :state, endedAt = :now${failure ? ', failure = :failure' : ''}${found ? ', #found = :found' : ''}`,
    ConditionExpression: '#state IN (:waiting, :running)',
    ExpressionAttributeNames: { '#state': 'state', ...(found ? { '#found': 'found' } : {}) },
    ExpressionAttributeValues: {
      ':state': state,
      ':now': iso(now),
      ':waiting': 'waiting',
      ':running': 'running',
      ...(failure ? { ':failure': failure } : {}),
      ...(found ? { ':found': found } : {}),
    },
  }
  const holds = task.kind !== 'test' && failure !== 'overtaken'
  const legs: Readonly<Record<string, NamedLeg>> = {
    ...(holds
      ? {
          busy: {
            Delete: {
              Key: keys.busy(task.providerId),
              ConditionExpression: 'attempt = :mine',
              ExpressionAttributeValues: { ':mine': attempt },
            },
          },
        }
      : {}),
    task: { Update },
    ...also,
  }
  // Refused when it is over already, or somebody else went on with it: then it is theirs to end.
  const record = await recordOf(task, failure, now)
  if (record) await transactAudited(record, now, legs)
  else await transact(legs)
}

/** What is on record of how it ended, for whatever changes services in somebody's name. */
async function recordOf(
  { providerId, taskId, kind, by }: Task,
  failure: TaskFailure | undefined,
  now: Date,
): Promise<AuditRecord | undefined> {
  const action = actions[kind]
  if (!by || !action) return undefined
  const { added, changed, paused, gone, left } = (await readTasks.open().get(providerId, taskId, now)).progress
  const after = { task: taskId, ended: failure ?? 'done', added, changed, paused, gone, left }
  return { by, action, on: `provider ${providerId}`, after }
}

/** By whose name each stands in the trail: that of the endpoint that began it. */
const actions: Readonly<Record<TaskKind, string | undefined>> = {
  test: undefined,
  offer: undefined,
  import: 'admin.import-services',
  sync: 'admin.sync-provider',
  recost: 'admin.set-provider-money',
  close: 'admin.delete-provider',
}

/** The legs by which a run shows that it still has the task in hand, and how far it is by now. */
export const progressLegs = ({ task, attempt }: Run, seen: Progress, next: Progress, now: Date) => ({
  busy: {
    Update: {
      Key: keys.busy(task.providerId),
      UpdateExpression: 'SET beatAt = :now, tries = :none',
      ConditionExpression: 'attempt = :mine',
      ExpressionAttributeValues: { ':mine': attempt, ':now': iso(now), ':none': 0 },
    },
  },
  task: {
    Update: {
      Key: keys.task(task.providerId, task.taskId),
      UpdateExpression: 'SET #state = :running, progress = :next',
      ConditionExpression: 'progress.#at = :at',
      ExpressionAttributeNames: { '#state': 'state', '#at': 'at' },
      ExpressionAttributeValues: { ':running': 'running', ':next': next, ':at': seen.at },
    },
  },
})

interface WatchTasks {
  /** Tasks that nobody has in hand: their runner is gone, or they were never begun. */
  left(now: Date): Promise<Pick<Task, 'providerId' | 'taskId'>[]>
}

export const watchTasks = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['BUSY'] }],
  open: () => ({
    async left(now) {
      const left: Pick<Task, 'providerId' | 'taskId'>[] = []
      for await (const item of queryAll({ KeyConditionExpression: 'pk = :busy', ExpressionAttributeValues: { ':busy': 'BUSY' } })) {
        const { providerId, taskId, beatAt } = busyItem.parse(item)
        if (beatAt < later(now, -silentSeconds)) left.push({ providerId, taskId })
      }
      return left
    },
  }),
} satisfies Need<WatchTasks>
