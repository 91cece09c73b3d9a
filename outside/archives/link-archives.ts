import { GetObjectCommand } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { CustomerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { bucket, s3 } from '../files/bucket.ts'
import { placeOf } from './place.ts'

/** Long enough for a browser to follow it, and for nobody else to be sent it. */
const linkSeconds = 60

interface LinkArchives {
  /** An address that gives this one archive to whoever asks within a minute. */
  link(owner: CustomerId, at: Date): Promise<string>
}

export const linkArchives = {
  // The bucket gives out what whoever signed may read.
  allow: [{ on: 'files', actions: ['GetObject'], under: 'archives' }],
  open: () => ({
    link: (owner, at) =>
      getSignedUrl(s3(), new GetObjectCommand({ Bucket: bucket(), Key: placeOf(owner, at) }), { expiresIn: linkSeconds }),
  }),
} satisfies Need<LinkArchives>
