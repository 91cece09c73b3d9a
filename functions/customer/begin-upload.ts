import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { acceptedTypes, filePurposes, largestUpload, uploadType } from '../../core/files/rules.ts'
import { fileId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { customerEven } from '../../data/door.ts'
import { beginUploads } from '../../data/files.ts'
import { limitAttempts, uploadsPerAccount } from '../../data/rates.ts'
import { signUploads } from '../../outside/files/sign-uploads.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const beginUpload = endpoint({
  name: 'customer.begin-upload',
  route: 'POST /api/uploads',
  summary: 'Announce a file; answered with the form by which it is posted, for ten minutes. Ask then what became of it',
  who: customerEven('suspended'),
  body: z.object({
    purpose: z.enum(filePurposes),
    /** As the browser names it: `image/png`. */
    type: z.string().check(z.trim(), z.toLowerCase(), z.maxLength(100)),
    /** Exactly as many as will come. */
    bytes: z.int().check(z.minimum(1)),
  }),
  returns: z.object({
    fileId: z.string(),
    url: z.string(),
    /** In this order, before the file itself, which is the last field: `file`. */
    fields: z.record(z.string(), z.string()),
  }),
  status: 201,
  refuses: ['file-type-refused', 'file-too-large', 'storage-full'],
  uses: { limits: limitAttempts, files: beginUploads, forms: signUploads },

  async run({ caller, body, uses, now }) {
    const { purpose, bytes } = body
    const type = uploadType(purpose, body.type)
    if (!type) throw new Refusal('file-type-refused', { accepted: acceptedTypes[purpose] })
    if (bytes > largestUpload(type)) throw new Refusal('file-too-large', { bytes: largestUpload(type) })
    await uses.limits.count('upload', [[caller.customerId, uploadsPerAccount]], now)
    const file = fileId(randomUUID())
    await uses.files.begin(caller.customerId, { fileId: file, purpose, type, bytes }, now)
    return { fileId: file, ...uses.forms.sign(caller.customerId, file, { type, bytes }, now) }
  },
})

export const handler = serve(beginUpload)
