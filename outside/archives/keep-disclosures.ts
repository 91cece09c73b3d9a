import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { bucket, s3 } from '../files/bucket.ts'

/** By its digest, so that a record always speaks of the very text that is there. */
interface Named {
  readonly disclosureId: string
  readonly sha256: string
}

const placeOf = (customer: CustomerId, { disclosureId, sha256 }: Named) => ({
  Bucket: bucket(),
  Key: `disclosures/${customer}/${disclosureId} ${sha256}.json`,
})

interface KeepDisclosures {
  /** Keeps a text as it is handed over. */
  keep(customer: CustomerId, disclosure: Named, text: Uint8Array): Promise<void>
}

export const keepDisclosures = {
  allow: [{ on: 'files', actions: ['PutObject'], under: 'disclosures' }],
  open: () => ({
    async keep(customer, disclosure, text) {
      await s3().send(new PutObjectCommand({ ...placeOf(customer, disclosure), Body: text, ContentType: 'application/json' }))
    },
  }),
} satisfies Need<KeepDisclosures>

interface ReadDisclosureTexts {
  /** Exactly what was handed over. */
  read(customer: CustomerId, disclosure: Named): Promise<string>
}

export const readDisclosureTexts = {
  allow: [{ on: 'files', actions: ['GetObject'], under: 'disclosures' }],
  open: () => ({
    async read(customer, disclosure) {
      const { Body } = await s3().send(new GetObjectCommand(placeOf(customer, disclosure)))
      if (!Body) throw new Error('the bucket answered without a file')
      return Body.transformToString()
    },
  }),
} satisfies Need<ReadDisclosureTexts>
