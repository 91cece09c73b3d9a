import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { ownPurposes } from '../../core/files/rules.ts'
import { fileId } from '../../core/ids.ts'
import { customerEven } from '../../data/door.ts'
import { beginUploads } from '../../data/files.ts'
import { limitAttempts, uploadsPerAccount } from '../../data/rates.ts'
import { signUploads } from '../../outside/files/sign-uploads.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { acceptedType, announcement, formView } from '../kit/uploads.ts'

export const beginUpload = endpoint({
  name: 'customer.begin-upload',
  route: 'POST /api/uploads',
  summary: 'Announce a file; answered with the form by which it is posted, for ten minutes. Ask then what became of it',
  who: customerEven('suspended'),
  body: z.object({ purpose: z.enum(ownPurposes), ...announcement }),
  returns: formView,
  status: 201,
  refuses: ['file-type-refused', 'file-too-large', 'storage-full'],
  uses: { limits: limitAttempts, files: beginUploads, forms: signUploads },

  async run({ caller, body, uses, now }) {
    const { purpose, bytes } = body
    const type = acceptedType(purpose, body)
    await uses.limits.count('upload', [[caller.customerId, uploadsPerAccount]], now)
    const file = fileId(randomUUID())
    await uses.files.begin(caller.customerId, { fileId: file, purpose, type, bytes }, now)
    return { fileId: file, ...uses.forms.sign(caller.customerId, file, { type, bytes }, now) }
  },
})

export const handler = serve(beginUpload)
