import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzipSync, gzip } from 'node:zlib'
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { Need } from '../../core/need.ts'
import { epochSeconds } from '../../core/time.ts'

/** What is prepared once for everybody who asks: written by the publish worker, read by the endpoints. */
export type SnapshotName = 'catalogue.json.gz' | 'protocol-services.json.gz'

/** A snapshot as it lies in the bucket: packed once, and handed on as it is. */
export interface Snapshot {
  /** Names this very content: other content has another name. */
  readonly tag: string
  /** Gzip, in base64: the form in which a function hands bytes to its gateway. */
  readonly zipped: string
  /** Unpacked, for whoever takes no gzip. */
  text(): string
}

let client: S3Client | undefined
const s3 = (): S3Client => {
  client ??= new S3Client({ forcePathStyle: true })
  return client
}
const place = (name: SnapshotName) => ({ Bucket: process.env['SNAPSHOTS_BUCKET'], Key: name })
const hasStatus = (error: unknown, ...statuses: readonly number[]): boolean =>
  error instanceof S3ServiceException && statuses.includes(error.$metadata.httpStatusCode ?? 0)

interface Held {
  readonly snapshot: Snapshot
  /** The bucket's own name for what lies there. */
  readonly version: string | undefined
  readonly at: number
}

/** How long an instance serves what it holds before it asks whether there is something newer. */
const freshMilliseconds = 5_000
const held = new Map<SnapshotName, Held>()

interface ReadSnapshots {
  /** What was published last; undefined before the first time. */
  read(name: SnapshotName, now: Date): Promise<Snapshot | undefined>
}

export const readSnapshots = {
  allow: [{ on: 'snapshots', actions: ['GetObject'] }],
  open: () => ({
    async read(name, now) {
      const have = held.get(name)
      if (have && now.getTime() - have.at < freshMilliseconds) return have.snapshot
      const fresh = await fetchNewer(name, have, now)
      if (fresh) held.set(name, fresh)
      return fresh?.snapshot
    },
  }),
} satisfies Need<ReadSnapshots>

async function fetchNewer(name: SnapshotName, have: Held | undefined, now: Date): Promise<Held | undefined> {
  try {
    const object = await s3().send(
      new GetObjectCommand({ ...place(name), ...(have?.version ? { IfNoneMatch: have.version } : {}) }),
    )
    return { snapshot: await unfolded(object), version: object.ETag, at: now.getTime() }
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined
    if (have && hasStatus(error, 304)) return { ...have, at: now.getTime() }
    throw error
  }
}

async function unfolded({ Body, Metadata = {} }: GetObjectCommandOutput): Promise<Snapshot> {
  const zipped = Buffer.from((await Body?.transformToByteArray()) ?? [])
  let text: string | undefined
  return {
    tag: Metadata['content'] ?? '',
    zipped: zipped.toString('base64'),
    text: () => {
      text ??= gunzipSync(zipped).toString()
      return text
    },
  }
}

/** What lay in the bucket when somebody began to write anew; undefined for nothing. */
type Version = string | undefined

interface WriteSnapshots {
  /** To be asked before what is to be written is read. */
  version(name: SnapshotName): Promise<Version>
  /** When it was written last, and how large it is, packed; undefined before the first time. */
  last(name: SnapshotName): Promise<{ readonly at: Date; readonly bytes: number } | undefined>
  /** False when somebody else has published since `version`: what was read in between may be older than theirs. */
  write(name: SnapshotName, text: string, version: Version, now: Date): Promise<boolean>
}

export const writeSnapshots = {
  allow: [{ on: 'snapshots', actions: ['GetObject', 'PutObject'] }],
  open: () => ({
    async version(name) {
      return (await head(name))?.ETag
    },
    async last(name) {
      const { LastModified, ContentLength } = (await head(name)) ?? {}
      return LastModified && { at: LastModified, bytes: ContentLength ?? 0 }
    },
    async write(name, text, version, now) {
      const command = new PutObjectCommand({
        ...place(name),
        Body: stamped(await zip(text, { level: 6 }), now),
        ContentType: 'application/json',
        ContentEncoding: 'gzip',
        Metadata: { content: createHash('sha256').update(text).digest('base64url').slice(0, 22) },
        ...(version === undefined ? { IfNoneMatch: '*' } : { IfMatch: version }),
      })
      try {
        await s3().send(command)
        return true
      } catch (error) {
        // 409: two at once; 404: it was there and is gone.
        if (hasStatus(error, 404, 409, 412)) return false
        throw error
      }
    },
  }),
} satisfies Need<WriteSnapshots>

async function head(name: SnapshotName): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await s3().send(new HeadObjectCommand(place(name)))
  } catch (error) {
    if (error instanceof NotFound || hasStatus(error, 404)) return undefined
    throw error
  }
}

const zip = promisify<string, { level: number }, Buffer>(gzip)

/**
 * The time in the header of the gzip file. The bucket names its versions by their bytes: equal content that was published
 * twice would else be one version, and a slow writer could not tell that somebody has been there.
 */
function stamped(zipped: Buffer, now: Date): Buffer {
  zipped.writeUInt32LE(epochSeconds(now), 4)
  return zipped
}
