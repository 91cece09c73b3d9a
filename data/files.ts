import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import {
  type FileFault,
  type FilePurpose,
  fileFaults,
  filePurposes,
  mostStored,
  type StoredType,
  storedTypes,
} from '../core/files/rules.ts'
import { type CustomerId, customerId, type FileId, fileId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import { iso, later } from '../core/time.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, integer, time } from './read.ts'
import { table } from './table.ts'
import { append, type NamedLeg, transact } from './transact.ts'

/** A file of a customer's, as the panel knows it; what is in it lies in the bucket. */
export interface StoredFile {
  readonly fileId: FileId
  readonly purpose: FilePurpose
  /** Awaiting: it was announced, or has come and is being checked. */
  readonly state: 'awaiting' | 'ready' | 'refused'
  readonly why?: FileFault | undefined
  /** As announced, until it is ready; then as it is kept. */
  readonly type: string
  readonly bytes: number
  readonly width?: number | undefined
  readonly height?: number | undefined
  /** Once it is ready: of what is kept, which lies under this name. */
  readonly digest?: string | undefined
  readonly createdAt: Date
  /** What it belongs to: `avatar`, or a ticket's number. A file that belongs to nothing is discarded when it is due. */
  readonly keptFor?: string | undefined
  readonly dueAt?: string | undefined
  /** How often the worker has begun to check it. */
  readonly tries: number
}

const fileItem = z.object({
  fileId: id(fileId),
  purpose: z.enum(filePurposes),
  state: z.enum(['awaiting', 'ready', 'refused']),
  why: z.optional(z.enum(fileFaults)),
  type: z.string(),
  bytes: integer,
  width: z.optional(integer),
  height: z.optional(integer),
  digest: z.optional(z.string()),
  createdAt: time,
  keptFor: z.optional(z.string()),
  dueAt: z.optional(z.string()),
  tries: integer,
})
const readFile = (item: unknown): StoredFile => fileItem.parse(item)

/** How long a file may be awaited: its form is good for ten minutes, and its check has been given up after forty. */
export const awaitedSeconds = 3_600
/** How long a file that is ready may belong to nothing. */
export const keptUnusedSeconds = 86_400

export interface ReadFiles {
  get(owner: CustomerId, file: FileId): Promise<StoredFile | undefined>
}

export const readFiles = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['FILE#*'] }],
  open: () => ({ get: getFile }),
} satisfies Need<ReadFiles>

interface ReadReadyFiles {
  /** A file that may be read. Refuses one that is not there, or not ready. */
  ready(owner: CustomerId, file: FileId): Promise<ReadyFile>
}

export interface ReadyFile extends Pick<StoredFile, 'fileId' | 'purpose' | 'keptFor'> {
  readonly digest: string
  readonly type: StoredType
  /** What it is called when somebody saves it: what it was called where it came from is not kept. */
  readonly name: string
}

export const readReadyFiles = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['FILE#*'] }],
  open: () => ({
    async ready(owner, file) {
      const found = await getFile(owner, file)
      if (!found) throw new Refusal('file-not-found')
      const type = storedTypes.find((one) => one === found.type)
      const { purpose, digest, keptFor } = found
      if (found.state !== 'ready' || !type || digest === undefined) throw new Refusal('file-not-ready')
      return {
        fileId: file,
        purpose,
        digest,
        keptFor,
        type,
        name: `${purpose === 'avatar' ? purpose : 'attachment'}-${file.slice(0, 8)}`,
      }
    },
  }),
} satisfies Need<ReadReadyFiles>

/** One file of its owner's; somebody else's is not there. */
export async function getFile(owner: CustomerId, file: FileId): Promise<StoredFile | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.file(owner, file), ConsistentRead: true }))
  return Item && readFile(Item)
}

interface ListFiles {
  of(owner: CustomerId): Promise<StoredFile[]>
}

export const listFiles = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['FILE#*'] }],
  open: () => ({ of: filesOf }),
} satisfies Need<ListFiles>

async function filesOf(owner: CustomerId): Promise<StoredFile[]> {
  const files: StoredFile[] = []
  const found = queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.file(owner, fileId('')).pk },
    ConsistentRead: true,
  })
  for await (const item of found) files.push(readFile(item))
  return files
}

interface BeginUploads {
  /** Makes room for a file that will come, and puts it on the list of what is discarded unless something keeps it. */
  begin(owner: CustomerId, file: Pick<StoredFile, 'fileId' | 'purpose' | 'type' | 'bytes'>, now: Date): Promise<void>
}

export const beginUploads = {
  allow: [
    { on: 'table', actions: ['PutItem'], keys: ['FILE#*', 'DISCARD'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['STORED#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async begin(owner, { fileId, purpose, type, bytes }, now) {
      const dueAt = iso(later(now, awaitedSeconds))
      const refused = await transact({
        ...room(owner, purpose, bytes, mostStored),
        file: append({
          ...keys.file(owner, fileId),
          fileId,
          purpose,
          state: 'awaiting',
          type,
          bytes,
          createdAt: iso(now),
          dueAt,
          tries: 0,
        }),
        due: onTheList(owner, fileId, dueAt),
      })
      if (refused === 'room') throw new Refusal('storage-full', { bytes: mostStored })
      if (refused) throw new Error(`a file could not be announced: ${refused}`)
    },
  }),
} satisfies Need<BeginUploads>

export interface CheckFiles {
  /** The file as it is announced, with one more try counted; undefined when it is not awaited, or not any more. */
  take(owner: CustomerId, file: FileId): Promise<StoredFile | undefined>
  /** What was made is what the file is, unless another check ended it before, or it is gone. */
  ready(owner: CustomerId, file: StoredFile, kept: Kept, now: Date): Promise<void>
  refuse(owner: CustomerId, file: StoredFile, why: FileFault): Promise<void>
  /** The digest of what the file is; undefined when it was refused, or is gone. */
  noted(owner: CustomerId, file: FileId): Promise<string | undefined>
}

/** What a file has become. */
export interface Kept {
  readonly type: StoredType
  readonly bytes: number
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly digest: string
}

export const checkFiles = {
  allow: [
    { on: 'table', actions: ['GetItem', 'UpdateItem'], keys: ['FILE#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['FILE#*', 'STORED#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem', 'DeleteItem'], keys: ['DISCARD'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async take(owner, file) {
      const { db, name: TableName } = table()
      const another = new UpdateCommand({
        TableName,
        Key: keys.file(owner, file),
        UpdateExpression: 'ADD tries :one',
        ConditionExpression: '#state = :awaiting',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':one': 1, ':awaiting': 'awaiting' },
        ReturnValues: 'ALL_NEW',
      })
      const taken = await ifItHolds(() => db.send(another))
      return taken && readFile(taken.Attributes)
    },
    async ready(owner, file, kept, now) {
      const dueAt = iso(later(now, keptUnusedSeconds))
      // From now on it may wait for longer to belong to something.
      await end(
        owner,
        file,
        { state: 'ready', ...kept, dueAt },
        { due: onTheList(owner, file.fileId, dueAt), ...offTheList(owner, file) },
      )
    },
    refuse: (owner, file, why) => end(owner, file, { state: 'refused', why, bytes: 0 }),
    noted: async (owner, file) => (await getFile(owner, file))?.digest,
  }),
} satisfies Need<CheckFiles>

/** An end that was written before is left as it is: the same file may be told of twice. */
async function end(
  owner: CustomerId,
  file: StoredFile,
  facts: Readonly<Record<string, unknown>> & { bytes: number },
  legs: Readonly<Record<string, NamedLeg>> = {},
): Promise<void> {
  const set = Object.entries(facts).filter(([, value]) => value !== undefined)
  await transact({
    ...legs,
    file: {
      Update: {
        Key: keys.file(owner, file.fileId),
        UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
        ConditionExpression: '#state = :awaiting',
        ExpressionAttributeNames: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ':awaiting': 'awaiting',
          ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
        },
      },
    },
    ...room(owner, file.purpose, facts.bytes - file.bytes),
  })
}

/** What it takes to keep a file for something, in the transaction that writes that something. */
export const mayKeepFiles = [
  { on: 'table', actions: ['GetItem'], keys: ['FILE#*'] },
  { on: 'table', actions: ['UpdateItem'], keys: ['FILE#*'], onlyIn: 'TransactWriteItems' },
  { on: 'table', actions: ['DeleteItem'], keys: ['DISCARD'], onlyIn: 'TransactWriteItems' },
] as const

/**
 * Two legs by which files belong to something from now on (`keptFor` names it) and are not discarded. Refuses a file that
 * is not there, not ready, for something else, or kept already. The legs are named `file 0`, `due 0`, `file 1`, …
 */
export async function keepLegs(
  owner: CustomerId,
  files: readonly FileId[],
  purpose: FilePurpose,
  keptFor: string,
): Promise<Record<string, NamedLeg>> {
  const legs: Record<string, NamedLeg> = {}
  for (const [index, file] of [...new Set(files)].entries()) {
    const found = await getFile(owner, file)
    if (found?.purpose !== purpose) throw new Refusal('file-not-found')
    if (found.state !== 'ready' || found.dueAt === undefined) throw new Refusal('file-not-ready')
    legs[`file ${index}`] = {
      Update: {
        Key: keys.file(owner, file),
        UpdateExpression: 'SET keptFor = :for REMOVE dueAt',
        ConditionExpression: '#state = :ready AND dueAt = :due',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':for': keptFor, ':ready': 'ready', ':due': found.dueAt },
      },
    }
    legs[`due ${index}`] = { Delete: { Key: keys.discard(found.dueAt, owner, file) } }
  }
  return legs
}

/** What it takes to let a file go. */
export const mayDiscardFiles = [
  { on: 'table', actions: ['GetItem'], keys: ['FILE#*'] },
  { on: 'table', actions: ['DeleteItem'], keys: ['FILE#*', 'DISCARD'], onlyIn: 'TransactWriteItems' },
  { on: 'table', actions: ['PutItem'], keys: ['DISCARD'], onlyIn: 'TransactWriteItems' },
  { on: 'table', actions: ['UpdateItem'], keys: ['STORED#*'], onlyIn: 'TransactWriteItems' },
] as const

/**
 * Legs by which a file is gone for everybody, and its objects are on the list of what is deleted: whoever sweeps it tries
 * until they are. None for a file that is not there.
 */
export async function discardLegs(owner: CustomerId, file: FileId, now: Date): Promise<Record<string, NamedLeg>> {
  const found = await getFile(owner, file)
  return found ? legsToDiscard(owner, found, now) : {}
}

function legsToDiscard(owner: CustomerId, file: StoredFile, now: Date): Record<string, NamedLeg> {
  return {
    gone: {
      Delete: {
        Key: keys.file(owner, file.fileId),
        ConditionExpression: 'bytes = :bytes',
        ExpressionAttributeValues: { ':bytes': file.bytes },
      },
    },
    list: onTheList(owner, file.fileId, iso(now)),
    ...room(owner, file.purpose, -file.bytes),
    ...offTheList(owner, file),
  }
}

interface DiscardFiles {
  /** Every file there is of an owner's: what is left of them are names on the list of what is deleted. */
  discardAll(owner: CustomerId, now: Date): Promise<void>
}

export const discardFiles = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['FILE#*'] },
    { on: 'table', actions: ['DeleteItem'], keys: ['STORED#*'] },
    ...mayDiscardFiles,
  ],
  open: () => ({
    async discardAll(owner, now) {
      // What changed meanwhile is found by the next round.
      for (let files = await filesOf(owner); files.length > 0; files = await filesOf(owner))
        for (const file of files) await transact(legsToDiscard(owner, file, now))
      const { db, name: TableName } = table()
      await db.send(new DeleteCommand({ TableName, Key: keys.stored(owner) }))
    },
  }),
} satisfies Need<DiscardFiles>

/** A file whose objects are to be deleted. */
export interface Discarded {
  readonly customerId: CustomerId
  readonly fileId: FileId
  readonly sk: string
}

interface SweepDiscarded {
  /** What is due by now, the oldest first. */
  due(now: Date): AsyncIterable<Discarded>
  /** From now on nobody is given it. False when something keeps it after all. */
  letGo(file: Discarded): Promise<boolean>
  /** Its objects are deleted. */
  forget(file: Discarded): Promise<void>
}

const discardItem = z.object({ customerId: id(customerId), fileId: id(fileId), sk: z.string() })

export const sweepDiscarded = {
  allow: [
    { on: 'table', actions: ['Query', 'DeleteItem'], keys: ['DISCARD'] },
    { on: 'table', actions: ['GetItem'], keys: ['FILE#*'] },
    { on: 'table', actions: ['DeleteItem'], keys: ['FILE#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['STORED#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async *due(now) {
      const found = queryAll({
        KeyConditionExpression: 'pk = :pk AND sk < :until',
        ExpressionAttributeValues: { ':pk': 'DISCARD', ':until': iso(later(now, 0.001)) },
      })
      for await (const item of found) yield discardItem.parse(item)
    },
    async letGo({ customerId: owner, fileId: file, sk }) {
      const found = await getFile(owner, file)
      if (!found) return true
      if (found.dueAt === undefined || !sk.startsWith(found.dueAt)) return false
      const refused = await transact({
        file: {
          Delete: {
            Key: keys.file(owner, file),
            ConditionExpression: 'dueAt = :due AND bytes = :bytes',
            ExpressionAttributeValues: { ':due': found.dueAt, ':bytes': found.bytes },
          },
        },
        ...room(owner, found.purpose, -found.bytes),
      })
      if (refused) throw new Error('a file changed while it was to be discarded; the next sweep looks again')
      return true
    },
    async forget({ sk }) {
      const { db, name: TableName } = table()
      await db.send(new DeleteCommand({ TableName, Key: { pk: 'DISCARD', sk } }))
    },
  }),
} satisfies Need<SweepDiscarded>

const onTheList = (owner: CustomerId, file: FileId, dueAt: string): NamedLeg => ({
  Put: { Item: { ...keys.discard(dueAt, owner, file), customerId: owner, fileId: file } },
})

const offTheList = (owner: CustomerId, { dueAt, fileId }: StoredFile): { former?: NamedLeg } =>
  dueAt === undefined ? {} : { former: { Delete: { Key: keys.discard(dueAt, owner, fileId) } } }

/** Counts what an account uploaded: what staff answer it with takes none of its room. */
function room(owner: CustomerId, purpose: FilePurpose, bytes: number, most?: number): { room?: NamedLeg } {
  if (purpose === 'reply') return {}
  return {
    room: {
      Update: {
        Key: keys.stored(owner),
        UpdateExpression: 'ADD bytes :bytes',
        ExpressionAttributeValues: { ':bytes': bytes, ...(most === undefined ? {} : { ':most': most - bytes }) },
        ...(most === undefined ? {} : { ConditionExpression: 'attribute_not_exists(bytes) OR bytes <= :most' }),
      },
    },
  }
}
