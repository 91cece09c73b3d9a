import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { archiveDays } from '../../core/privacy/erasing.ts'
import { Refusal } from '../../core/refusals.ts'
import { epochSeconds, iso, later } from '../../core/time.ts'
import { transactAudited } from '../audit.ts'
import { keys } from '../keys.ts'
import { queryAll } from '../query.ts'
import { id, integer, time } from '../read.ts'
import { table } from '../table.ts'
import { append, type NamedLeg, transact } from '../transact.ts'
import { type Asked, askedLegs, mayNoteAsked } from './asked.ts'

/** Everything held about a customer, to take away (P-RT-1): by when it was asked for. */
export interface Archive {
  readonly customerId: CustomerId
  readonly at: Date
  readonly dueAt: Date
  readonly state: 'waiting' | 'ready'
  readonly readyAt?: Date | undefined
  readonly bytes?: number | undefined
  readonly expiresAt: Date
}

const seconds = z.pipe(
  z.int(),
  z.transform((value) => new Date(value * 1000)),
)
const archiveItem = z.object({
  customerId: id(customerId),
  at: time,
  dueAt: time,
  state: z.enum(['waiting', 'ready']),
  readyAt: z.optional(time),
  bytes: z.optional(integer),
  expiresAt: seconds,
})

interface ReadArchives {
  /** A customer's, newest first; what has expired is not there, whether or not the table has removed it. */
  of(customer: CustomerId, now: Date): Promise<Archive[]>
  /** Undefined when it has expired. */
  get(customer: CustomerId, at: Date, now: Date): Promise<Archive | undefined>
  /** Of all customers. */
  all(now: Date): Promise<Archive[]>
}

export const readArchives = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['ARCHIVE'] }],
  open: () => ({
    async of(customer, now) {
      const all = await found({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :owner)',
        ExpressionAttributeValues: { ':pk': 'ARCHIVE', ':owner': `${customer} ` },
        ConsistentRead: true,
      })
      return all.filter((archive) => archive.expiresAt > now).toReversed()
    },
    async get(customer, at, now) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.archive(customer, iso(at)), ConsistentRead: true }))
      const archive = Item && archiveItem.parse(Item)
      return archive && archive.expiresAt > now ? archive : undefined
    },
    async all(now) {
      const all = await found({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'ARCHIVE' } })
      return all.filter((archive) => archive.expiresAt > now)
    },
  }),
} satisfies Need<ReadArchives>

async function found(query: Parameters<typeof queryAll>[0]): Promise<Archive[]> {
  const archives: Archive[] = []
  for await (const item of queryAll(query)) archives.push(archiveItem.parse(item))
  return archives
}

interface AskForArchives {
  /** Asks for one; whoever makes it hears of it through the table's stream. Refuses while another is being made. */
  ask(customer: CustomerId, dueAt: Date, now: Date): Promise<void>
}

const mayAsk = [
  ...readArchives.allow,
  { on: 'table', actions: ['PutItem'], keys: ['ARCHIVE'], onlyIn: 'TransactWriteItems' },
] as const

export const askForArchives = {
  allow: mayAsk,
  open: () => ({
    async ask(customer, dueAt, now) {
      await transact({ archive: await newArchive(customer, dueAt, now) })
    },
  }),
} satisfies Need<AskForArchives>

interface AskForCustomers {
  /** The same by staff, for a customer who asked them. Written with what is on record of it. */
  ask(customer: CustomerId, dueAt: Date, asked: Asked, now: Date): Promise<void>
}

export const askForCustomers = {
  allow: [...mayAsk, ...mayNoteAsked],
  open: () => ({
    async ask(customer, dueAt, asked, now) {
      const archive = await newArchive(customer, dueAt, now)
      await transactAudited(asked.audit, now, { archive, ...(await askedLegs(customer, asked, now)) })
    },
  }),
} satisfies Need<AskForCustomers>

async function newArchive(customer: CustomerId, dueAt: Date, now: Date): Promise<NamedLeg> {
  const others = await readArchives.open().of(customer, now)
  if (others.some(({ state }) => state === 'waiting')) throw new Refusal('archive-under-way')
  return append({
    ...keys.archive(customer, iso(now)),
    customerId: customer,
    at: iso(now),
    dueAt: iso(dueAt),
    state: 'waiting',
    // One that could not be made in all this time is asked for again.
    expiresAt: epochSeconds(later(dueAt, 30 * 86_400)),
  })
}

interface FinishArchives {
  /** It can be fetched from now on, for a week. False when it is gone, or was finished before. */
  ready(archive: Archive, bytes: number, now: Date): Promise<boolean>
}

export const finishArchives = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['ARCHIVE'], onlyIn: 'TransactWriteItems' }],
  open: () => ({
    async ready({ customerId: customer, at }, bytes, now) {
      const refused = await transact({
        archive: {
          Update: {
            Key: keys.archive(customer, iso(at)),
            UpdateExpression: 'SET #state = :ready, readyAt = :now, #bytes = :bytes, expiresAt = :expiresAt',
            ConditionExpression: '#state = :waiting',
            ExpressionAttributeNames: { '#state': 'state', '#bytes': 'bytes' },
            ExpressionAttributeValues: {
              ':ready': 'ready',
              ':waiting': 'waiting',
              ':now': iso(now),
              ':bytes': bytes,
              ':expiresAt': epochSeconds(later(now, archiveDays * 86_400)),
            },
          },
        },
      })
      return refused === undefined
    },
  }),
} satisfies Need<FinishArchives>
