import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { type CustomerId, customerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { iso } from '../../core/time.ts'
import { bucket, s3 } from '../files/bucket.ts'

/** An account that was erased: by the number that names nobody, and until when its records are kept. */
export interface ErasureNote {
  readonly customerId: CustomerId
  readonly recordsUntil: Date
}

interface NoteErasures {
  /** Noted outside the table, where restoring it does not reach. */
  note(erasure: ErasureNote): Promise<void>
}

/** Its name says everything: `erasures/<number> <until>`. */
export const noteErasures = {
  allow: [{ on: 'files', actions: ['PutObject'], under: 'erasures' }],
  open: () => ({
    async note({ customerId, recordsUntil }) {
      await s3().send(
        new PutObjectCommand({ Bucket: bucket(), Key: `erasures/${customerId} ${iso(recordsUntil)}`, Body: new Uint8Array() }),
      )
    },
  }),
} satisfies Need<NoteErasures>

/** All that were ever noted: for whoever has restored the table, with leave of their own. */
export async function* notedErasures(): AsyncGenerator<ErasureNote> {
  let from: string | undefined
  do {
    const page = await s3().send(new ListObjectsV2Command({ Bucket: bucket(), Prefix: 'erasures/', ContinuationToken: from }))
    for (const { Key = '' } of page.Contents ?? []) {
      const [, id = '', until = ''] = /^erasures\/(\S+) (\S+)$/.exec(Key) ?? []
      if (id !== '') yield { customerId: customerId(id), recordsUntil: new Date(until) }
    }
    from = page.NextContinuationToken
  } while (from !== undefined)
}
