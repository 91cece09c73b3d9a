import { customerId, fileId } from '../../core/ids.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readReadyFiles } from '../../data/files.ts'
import { readObjects } from '../../outside/files/read-files.ts'
import { endpoint } from '../kit/endpoint.ts'
import { FileAnswer, fileBytes } from '../kit/file-answer.ts'
import { serve } from '../kit/serve.ts'

/** P-SEC-2: nobody of the staff sees what a customer uploaded without a record of it. */
export const readCustomerFile = endpoint({
  name: 'admin.read-customer-file',
  route: 'GET /api/admin/customers/{customerId}/files/{fileId}',
  summary: 'A picture or an attachment of a customer’s; the look is on record',
  who: staff('admin.read-customer-file'),
  returns: fileBytes,
  refuses: ['file-not-found', 'file-not-ready'],
  uses: { files: readReadyFiles, objects: readObjects, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const owner = customerId(path.customerId)
    const file = await uses.files.ready(owner, fileId(path.fileId))
    const after = { file: file.fileId, keptFor: file.keptFor ?? 'nothing yet' }
    await uses.audit.record({ by: caller.staffId, action: 'admin.read-customer-file', on: `customer ${owner}`, after }, now)
    return new FileAnswer({ ...file, bytes: await uses.objects.read(owner, file) })
  },
})

export const handler = serve(readCustomerFile)
