import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import type { Need } from '../../core/need.ts'

/** What is prepared once for everybody who asks: written by the publish worker, read by the endpoints. */
export type SnapshotName = 'catalogue.json' | 'protocol-services.json'

let client: S3Client | undefined
const s3 = (): S3Client => {
  client ??= new S3Client({ forcePathStyle: true })
  return client
}

interface Held {
  readonly text: string
  readonly tag: string | undefined
  readonly at: number
}

/** How long an instance serves what it holds before it asks whether there is something newer. */
const freshMilliseconds = 5_000
const held = new Map<SnapshotName, Held>()

interface ReadSnapshots {
  /** The text as it was published; undefined before the first time. */
  read(name: SnapshotName, now: Date): Promise<string | undefined>
}

export const readSnapshots = {
  allow: [{ on: 'snapshots', actions: ['GetObject'] }],
  open: () => ({
    async read(name, now) {
      const have = held.get(name)
      if (have && now.getTime() - have.at < freshMilliseconds) return have.text
      const fresh = await fetchNewer(name, have, now)
      if (fresh) held.set(name, fresh)
      return fresh?.text
    },
  }),
} satisfies Need<ReadSnapshots>

async function fetchNewer(name: SnapshotName, have: Held | undefined, now: Date): Promise<Held | undefined> {
  try {
    const object = await s3().send(
      new GetObjectCommand({ Bucket: process.env['SNAPSHOTS_BUCKET'], Key: name, ...(have?.tag ? { IfNoneMatch: have.tag } : {}) }),
    )
    return { text: (await object.Body?.transformToString()) ?? '', tag: object.ETag, at: now.getTime() }
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined
    if (have && error instanceof S3ServiceException && error.$metadata.httpStatusCode === 304) return { ...have, at: now.getTime() }
    throw error
  }
}

interface WriteSnapshots {
  write(name: SnapshotName, text: string): Promise<void>
}

export const writeSnapshots = {
  allow: [{ on: 'snapshots', actions: ['PutObject'] }],
  open: () => ({
    async write(name, text) {
      await s3().send(
        new PutObjectCommand({ Bucket: process.env['SNAPSHOTS_BUCKET'], Key: name, Body: text, ContentType: 'application/json' }),
      )
    },
  }),
} satisfies Need<WriteSnapshots>
