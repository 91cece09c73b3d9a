import * as z from 'zod/mini'
import { fileFaults, filePurposes } from '../../core/files/rules.ts'
import { fileId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { customerEven } from '../../data/door.ts'
import { readFiles } from '../../data/files.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const readUpload = endpoint({
  name: 'customer.read-upload',
  route: 'GET /api/uploads/{fileId}',
  summary: 'What became of an uploaded file: still awaited, ready, or refused and why',
  who: customerEven('suspended'),
  returns: z.object({
    fileId: z.string(),
    purpose: z.enum(filePurposes),
    state: z.enum(['awaiting', 'ready', 'refused']),
    why: z.optional(z.enum(fileFaults)),
    type: z.string(),
    bytes: z.int(),
    createdAt: moment,
  }),
  refuses: ['file-not-found'],
  uses: { files: readFiles },

  async run({ caller, path, uses }) {
    const file = await uses.files.get(caller.customerId, fileId(path.fileId))
    if (!file) throw new Refusal('file-not-found')
    return { ...file, createdAt: iso(file.createdAt) }
  },
})

export const handler = serve(readUpload)
