import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import * as z from 'zod/mini'
import { orderId, type ProviderId, providerId, type ServiceId, serviceId } from '../../core/ids.ts'
import { type Ended, outcomes } from '../../core/measured/ended.ts'
import type { Outcomes, TypicalTime } from '../../core/measured/measured.ts'
import type { Need } from '../../core/need.ts'
import { epochSeconds } from '../../core/time.ts'

let client: S3Client | undefined
const s3 = (): S3Client => {
  client ??= new S3Client({ forcePathStyle: true })
  return client
}
const pack = promisify<Buffer, Buffer>(gzip)
const unpack = promisify<Uint8Array, Buffer>(gunzip)
type Name = 'book' | 'figures'
const place = (name: Name) => ({ Bucket: process.env['SNAPSHOTS_BUCKET'], Key: `measured/${name}.json.gz` })

/** The orders that ended last, by service and by provider: what figures are worked out from. */
export interface Book {
  readonly services: ReadonlyMap<ServiceId, readonly Ended[]>
  readonly providers: ReadonlyMap<ProviderId, readonly Ended[]>
}

/** What was measured; nothing of what there is too little of. */
export interface Figures {
  readonly services: ReadonlyMap<ServiceId, Figure>
  readonly providers: ReadonlyMap<ProviderId, Figure>
}
export interface Figure {
  readonly time?: TypicalTime | undefined
  readonly outcomes?: Outcomes | undefined
}

const count = z.int().check(z.minimum(0))
/** Order, outcome, when in seconds since 1970, how long in seconds, of how many. */
const line = z.tuple([count, z.enum(outcomes), count, count, count])
const bookShape = z.object({
  services: z.array(z.tuple([count, z.array(line)])),
  providers: z.array(z.tuple([z.string(), z.array(line)])),
})
const figure = z.object({
  time: z.optional(z.object({ minutes: count, quantity: count, orders: count })),
  outcomes: z.optional(z.object({ completed: count, partial: count, canceled: count, refused: count, ended: count })),
})
const figuresShape = z.object({
  services: z.array(z.tuple([count, figure])),
  providers: z.array(z.tuple([z.string(), figure])),
})

const readLine = ([order, outcome, at, seconds, quantity]: z.output<typeof line>): Ended => ({
  orderId: orderId(order),
  outcome,
  at: new Date(at * 1000),
  seconds,
  quantity,
})
const writeLine = ({ orderId, outcome, at, seconds, quantity }: Ended) => [orderId, outcome, epochSeconds(at), seconds, quantity]

interface KeepMeasured {
  /** Empty before the first time. */
  book(): Promise<Book>
  write(book: Book, figures: Figures): Promise<void>
}

export const keepMeasured = {
  allow: [{ on: 'snapshots', actions: ['GetObject', 'PutObject'], under: 'measured' }],
  open: () => ({
    async book() {
      const { services, providers } = bookShape.parse(await unfolded(await getNewer('book')))
      return {
        services: new Map(services.map(([id, lines]) => [serviceId(id), lines.map(readLine)])),
        providers: new Map(providers.map(([id, lines]) => [providerId(id), lines.map(readLine)])),
      }
    },
    async write(book, figures) {
      const lines = <Id>(of: ReadonlyMap<Id, readonly Ended[]>) => [...of].map(([id, ended]) => [id, ended.map(writeLine)])
      await putJson('book', { services: lines(book.services), providers: lines(book.providers) })
      await putJson('figures', { services: [...figures.services], providers: [...figures.providers] })
    },
  }),
} satisfies Need<KeepMeasured>

interface ReadMeasured {
  /** As they are now; nothing before the first time. */
  figures(): Promise<Figures>
}

/** What an instance read last, and the bucket's own name for it. */
let held: { readonly figures: Figures; readonly version: string | undefined } | undefined

export const readMeasured = {
  allow: [{ on: 'snapshots', actions: ['GetObject'], under: 'measured' }],
  open: () => ({
    async figures() {
      const object = await getNewer('figures', held?.version)
      if (object === 'the same' && held) return held.figures
      const { services, providers } = figuresShape.parse(await unfolded(object))
      const figures = {
        services: new Map(services.map(([id, one]) => [serviceId(id), one])),
        providers: new Map(providers.map(([id, one]) => [providerId(id), one])),
      }
      held = { figures, version: typeof object === 'object' ? object.ETag : undefined }
      return figures
    },
  }),
} satisfies Need<ReadMeasured>

async function getNewer(name: Name, have?: string): Promise<GetObjectCommandOutput | 'the same' | undefined> {
  try {
    return await s3().send(new GetObjectCommand({ ...place(name), ...(have ? { IfNoneMatch: have } : {}) }))
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 304) return 'the same'
    throw error
  }
}

async function unfolded(object: GetObjectCommandOutput | 'the same' | undefined): Promise<unknown> {
  if (object === undefined || object === 'the same') return { services: [], providers: [] }
  const bytes = await unpack((await object.Body?.transformToByteArray()) ?? new Uint8Array())
  return JSON.parse(bytes.toString('utf8'))
}

async function putJson(name: Name, value: object): Promise<void> {
  const Body = await pack(Buffer.from(JSON.stringify(value)))
  await s3().send(new PutObjectCommand({ ...place(name), Body, ContentType: 'application/gzip' }))
}
