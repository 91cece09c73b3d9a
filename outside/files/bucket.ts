import { S3Client } from '@aws-sdk/client-s3'
import type { CustomerId, FileId } from '../../core/ids.ts'
import type { FilePlace } from '../../core/need.ts'

let client: S3Client | undefined
export const s3 = (): S3Client => {
  client ??= new S3Client({ forcePathStyle: true })
  return client
}

export const bucket = (): string => process.env['FILES_BUCKET'] ?? ''

/** Under whose name something lies. The owner is part of it. */
export const objectKey = (place: FilePlace, owner: CustomerId, file: FileId): string => `${place}/${owner}/${file}`

/**
 * What a check made of a file, named by what is in it: the same made again is the same object, and what another check made
 * of something else lies beside it, never over it.
 */
export interface KeptObject {
  readonly fileId: FileId
  readonly digest: string
}

export const keptAt = (owner: CustomerId, { fileId, digest }: KeptObject) => ({
  Bucket: bucket(),
  Key: `${objectKey('files', owner, fileId)}/${digest}`,
})

export const objectAt = (place: FilePlace, owner: CustomerId, file: FileId) => ({
  Bucket: bucket(),
  Key: objectKey(place, owner, file),
})
