import { createHash } from 'node:crypto'
import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3'
import type { CustomerId, FileId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { keptAt, objectAt, objectKey, s3 } from './bucket.ts'
import { deleteAll, namesUnder } from './delete-files.ts'

export interface TakeUploads {
  /** What was uploaded; undefined when it is not there any more, `too-large` when it is larger than `most` bytes. */
  get(owner: CustomerId, file: FileId, most: number): Promise<Uint8Array | 'too-large' | undefined>
  /** Keeps what it has become, and answers its digest, by which it is found. */
  keep(owner: CustomerId, file: FileId, type: string, bytes: Uint8Array): Promise<string>
  /** What was uploaded is gone, and whatever was made of it but what has this digest. */
  tidy(owner: CustomerId, file: FileId, digest: string | undefined): Promise<void>
}

export const takeUploads = {
  allow: [
    { on: 'files', actions: ['GetObject', 'DeleteObject', 'ListBucket'], under: 'uploads' },
    { on: 'files', actions: ['PutObject', 'DeleteObject', 'ListBucket'], under: 'files' },
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
      const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
      await s3().send(new PutObjectCommand({ ...keptAt(owner, { fileId: file, digest }), Body: bytes, ContentType: type }))
      return digest
    },
    async tidy(owner, file, digest) {
      await s3().send(new DeleteObjectCommand(objectAt('uploads', owner, file)))
      const made = await namesUnder(`${objectKey('files', owner, file)}/`)
      const needless = made.filter((name) => digest === undefined || !name.endsWith(`/${digest}`))
      if (needless.length > 0) await deleteAll(needless)
    },
  }),
} satisfies Need<TakeUploads>
