import { GetObjectCommand } from '@aws-sdk/client-s3'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { type KeptObject, keptAt, s3 } from './bucket.ts'

interface ReadObjects {
  /** What is in a file that is ready. */
  read(owner: CustomerId, file: KeptObject): Promise<Uint8Array>
}

export const readObjects = {
  allow: [{ on: 'files', actions: ['GetObject'], under: 'files' }],
  open: () => ({
    async read(owner, file) {
      const { Body } = await s3().send(new GetObjectCommand(keptAt(owner, file)))
      if (!Body) throw new Error('the bucket answered without a file')
      return Body.transformToByteArray()
    },
  }),
} satisfies Need<ReadObjects>
