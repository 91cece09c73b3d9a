import { fileId } from '../../core/ids.ts'
import { customerEven } from '../../data/door.ts'
import { readFiles } from '../../data/files.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { uploadView, viewUpload } from '../kit/uploads.ts'

export const readUpload = endpoint({
  name: 'customer.read-upload',
  route: 'GET /api/uploads/{fileId}',
  summary: 'What became of an uploaded file: still awaited, ready, or refused and why',
  who: customerEven('suspended'),
  returns: uploadView,
  refuses: ['file-not-found'],
  uses: { files: readFiles },

  run: async ({ caller, path, uses }) => viewUpload(await uses.files.get(caller.customerId, fileId(path.fileId)), 'customer'),
})

export const handler = serve(readUpload)
