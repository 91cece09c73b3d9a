import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { bucket, s3 } from '../files/bucket.ts'
import { placeOf } from './place.ts'

/** A part of an upload; all but the last have at least 5 MB. */
const partBytes = 6 * 1024 * 1024

interface WriteArchives {
  /** Writes it part by part, so that no more than one is ever held. What is left unfinished the bucket drops after a day. */
  write(owner: CustomerId, at: Date, pieces: AsyncIterable<Uint8Array>): Promise<number>
}

export const writeArchives = {
  allow: [{ on: 'files', actions: ['PutObject'], under: 'archives' }],
  open: () => ({
    async write(owner, at, pieces) {
      const place = { Bucket: bucket(), Key: placeOf(owner, at) }
      const { UploadId } = await s3().send(new CreateMultipartUploadCommand({ ...place, ContentType: 'application/zip' }))
      const parts: { readonly ETag: string | undefined; readonly PartNumber: number }[] = []
      let bytes = 0
      for await (const Body of inParts(pieces)) {
        const PartNumber = parts.length + 1
        const { ETag } = await s3().send(new UploadPartCommand({ ...place, UploadId, PartNumber, Body }))
        parts.push({ ETag, PartNumber })
        bytes += Body.length
      }
      await s3().send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload: { Parts: parts } }))
      return bytes
    },
  }),
} satisfies Need<WriteArchives>

async function* inParts(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let [held, bytes]: [Uint8Array[], number] = [[], 0]
  for await (const piece of pieces) {
    held.push(piece)
    bytes += piece.length
    if (bytes < partBytes) continue
    yield Buffer.concat(held)
    ;[held, bytes] = [[], 0]
  }
  if (bytes > 0) yield Buffer.concat(held)
}
