import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { type KeptObject, keptAt, s3 } from './bucket.ts'

interface ReadObjects {
  /** What is in a file that is ready. */
  read(owner: CustomerId, file: KeptObject): Promise<Uint8Array>
}

export const readObjects = {
  allow: [{ on: 'files', actions: ['GetObject'], under: 'files' }],
  open: () => ({ read }),
} satisfies Need<ReadObjects>

interface FindObjects {
  /** What is in a file that should be there; undefined where it is not. */
  find(owner: CustomerId, file: KeptObject): Promise<Uint8Array | undefined>
}

export const findObjects = {
  // Whoever may not list is told of an object that is missing as of one that is forbidden.
  allow: [{ on: 'files', actions: ['GetObject', 'ListBucket'], under: 'files' }],
  open: () => ({
    async find(owner, file) {
      try {
        return await read(owner, file)
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined
        throw error
      }
    },
  }),
} satisfies Need<FindObjects>

async function read(owner: CustomerId, file: KeptObject): Promise<Uint8Array> {
  const { Body } = await s3().send(new GetObjectCommand(keptAt(owner, file)))
  if (!Body) throw new Error('the bucket answered without a file')
  return Body.transformToByteArray()
}
