import { customerId, fileId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { readFiles } from '../../data/files.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { uploadView, viewUpload } from '../kit/uploads.ts'

export const readUpload = endpoint({
  name: 'admin.read-upload',
  route: 'GET /api/admin/customers/{customerId}/uploads/{fileId}',
  summary: 'What became of a file that staff uploaded for an answer; of what customers upload it says nothing',
  who: staff('admin.read-upload'),
  returns: uploadView,
  refuses: ['file-not-found'],
  uses: { files: readFiles },

  run: async ({ path, uses }) => viewUpload(await uses.files.get(customerId(path.customerId), fileId(path.fileId)), 'staff'),
})

export const handler = serve(readUpload)
