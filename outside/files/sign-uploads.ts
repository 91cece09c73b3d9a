import { createHmac } from 'node:crypto'
import type { CustomerId, FileId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { iso, later } from '../../core/time.ts'

/** A form that a browser may post to the bucket, once its file is the last field of it. */
export interface UploadForm {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

/** How long a form is good for. */
const goodSeconds = 600

interface SignUploads {
  /** A form for one file of exactly this type and size, in exactly this place, for ten minutes. */
  sign(owner: CustomerId, file: FileId, what: { readonly type: string; readonly bytes: number }, now: Date): UploadForm
}

export const signUploads = {
  // The bucket lets in what whoever signed may put there.
  allow: [{ on: 'files', actions: ['PutObject'], under: 'uploads' }],
  open: () => ({
    sign(owner, file, { type, bytes }, now) {
      const key = `uploads/${owner}/${file}`
      const token = process.env['AWS_SESSION_TOKEN']
      const at = iso(now).replaceAll(/[-:]|\.\d{3}/g, '')
      const scope = `${at.slice(0, 8)}/${process.env['AWS_REGION']}/s3/aws4_request`
      const named = {
        key,
        'Content-Type': type,
        success_action_status: '204',
        'x-amz-algorithm': 'AWS4-HMAC-SHA256',
        'x-amz-credential': `${process.env['AWS_ACCESS_KEY_ID']}/${scope}`,
        'x-amz-date': at,
        ...(token ? { 'x-amz-security-token': token } : {}),
      }
      const policy = Buffer.from(
        JSON.stringify({
          expiration: iso(later(now, goodSeconds)),
          conditions: [
            { bucket: process.env['FILES_BUCKET'] },
            ...Object.entries(named).map(([name, value]) => ({ [name]: value })),
            ['content-length-range', bytes, bytes],
          ],
        }),
      ).toString('base64')
      const signature = postSignature(policy, process.env['AWS_SECRET_ACCESS_KEY'] ?? '', scope)
      return { url: process.env['UPLOADS_URL'] ?? '', fields: { ...named, policy, 'x-amz-signature': signature } }
    },
  }),
} satisfies Need<SignUploads>

/** Signature version 4 of a POST policy. `scope`: day, region, service, `aws4_request`. */
export function postSignature(policy: string, secret: string, scope: string): string {
  const key = scope
    .split('/')
    .reduce<string | Buffer>((key, part) => createHmac('sha256', key).update(part).digest(), `AWS4${secret}`)
  return createHmac('sha256', key).update(policy).digest('hex')
}
