import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import * as z from 'zod/mini'
import { readServiceType } from '../../core/catalogue/service-types.ts'
import { type ProviderId, providerServiceId, taskId } from '../../core/ids.ts'
import { rate } from '../../core/money.ts'
import type { Need } from '../../core/need.ts'
import type { Offer } from '../../core/providers/offer.ts'
import { iso } from '../../core/time.ts'

let client: S3Client | undefined
const s3 = (): S3Client => {
  client ??= new S3Client({ forcePathStyle: true })
  return client
}

/**
 * Two a provider: the one fetched last for staff, and the one a sync works on. A sync that runs while somebody chooses from
 * the first does not take it away.
 */
export type OfferUse = 'staff' | 'sync'
const place = (provider: ProviderId, use: OfferUse) => ({
  Bucket: process.env['SNAPSHOTS_BUCKET'],
  Key: `offers/${provider}${use === 'sync' ? '.sync' : ''}.json.gz`,
})

const pack = promisify<Buffer, Buffer>(gzip)
const unpack = promisify<Uint8Array, Buffer>(gunzip)

const row = z.object({
  providerServiceId: z.pipe(z.string(), z.transform(providerServiceId)),
  name: z.string(),
  type: z.optional(
    z.pipe(
      z.string(),
      z.transform((name) => readServiceType(name)),
    ),
  ),
  typeSaid: z.optional(z.string()),
  category: z.string(),
  rate: z.pipe(
    z.string(),
    z.transform((micros) => rate(BigInt(micros))),
  ),
  min: z.int(),
  max: z.int(),
  refill: z.boolean(),
  cancel: z.boolean(),
  dripFeed: z.boolean(),
  description: z.string(),
})
const offer = z.object({
  taskId: z.pipe(z.string(), z.transform(taskId)),
  at: z.pipe(
    z.string(),
    z.transform((time) => new Date(time)),
  ),
  rows: z.array(row),
  broken: z.array(z.object({ row: z.string(), name: z.string(), why: z.string() })),
})

interface ReadOffers {
  /** The provider's catalogue as it was last fetched; undefined before the first time. */
  read(provider: ProviderId, use: OfferUse): Promise<Offer | undefined>
}

/** The one read last: a page of it is asked for after the other. */
let held: { readonly key: string; readonly tag: string | undefined; readonly offer: Offer } | undefined

export const readOffers = {
  allow: [{ on: 'snapshots', actions: ['GetObject'], under: 'offers' }],
  open: () => ({
    async read(provider, use) {
      const at = place(provider, use)
      const have = held?.key === at.Key ? held : undefined
      try {
        const object = await s3().send(new GetObjectCommand({ ...at, ...(have?.tag ? { IfNoneMatch: have.tag } : {}) }))
        const text = await unpack((await object.Body?.transformToByteArray()) ?? new Uint8Array())
        held = { key: at.Key, tag: object.ETag, offer: offer.parse(JSON.parse(text.toString('utf8'))) }
        return held.offer
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        if (have && isUnchanged(error)) return have.offer
        throw error
      }
    },
  }),
} satisfies Need<ReadOffers>

const isUnchanged = (error: unknown): boolean =>
  z.safeParse(z.object({ $metadata: z.object({ httpStatusCode: z.literal(304) }) }), error).success

interface WriteOffers {
  write(provider: ProviderId, use: OfferUse, offer: Offer): Promise<void>
}

export const writeOffers = {
  allow: [{ on: 'snapshots', actions: ['PutObject'], under: 'offers' }],
  open: () => ({
    async write(provider, use, { taskId, at, rows, broken }) {
      const text = JSON.stringify({
        taskId,
        at: iso(at),
        rows: rows.map((one) => ({ ...one, rate: one.rate.toString() })),
        broken,
      })
      await s3().send(
        new PutObjectCommand({ ...place(provider, use), Body: await pack(Buffer.from(text)), ContentType: 'application/gzip' }),
      )
    },
  }),
} satisfies Need<WriteOffers>
