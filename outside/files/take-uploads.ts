import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3'
import type { CustomerId, FileId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { type KeptObject, keptAt, objectAt, s3 } from './bucket.ts'

interface TakeUploads {
  /** What was uploaded; undefined when it is not there any more, `too-large` when it is larger than `most` bytes. */
  get(owner: CustomerId, file: FileId, most: number): Promise<Uint8Array | 'too-large' | undefined>
  /** Keeps what it has become. */
  keep(owner: CustomerId, file: KeptObject, type: string, bytes: Uint8Array): Promise<void>
  /** What was made and is not needed is gone. */
  discard(owner: CustomerId, file: KeptObject): Promise<void>
  /** What was uploaded is gone. */
  drop(owner: CustomerId, file: FileId): Promise<void>
}

export const takeUploads = {
  allow: [
    { on: 'files', actions: ['GetObject', 'DeleteObject', 'ListBucket'], under: 'uploads' },
    { on: 'files', actions: ['PutObject', 'DeleteObject'], under: 'files' },
  ],
  open: () => ({
    async get(owner, file, most) {
      try {
        const { Body, ContentLength = 0 } = await s3().send(new GetObjectCommand(objectAt('uploads', owner, file)))
        if (ContentLength <= most) return await Body?.transformToByteArray()
        await Body?.transformToWebStream().cancel()
        return 'too-large'
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
    async keep(owner, file, type, bytes) {
      await s3().send(new PutObjectCommand({ ...keptAt(owner, file), Body: bytes, ContentType: type }))
    },
    async discard(owner, file) {
      await s3().send(new DeleteObjectCommand(keptAt(owner, file)))
    },
    async drop(owner, file) {
      await s3().send(new DeleteObjectCommand(objectAt('uploads', owner, file)))
    },
  }),
} satisfies Need<TakeUploads>
