import { fileId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { customerEven } from '../../data/door.ts'
import { readReadyFiles } from '../../data/files.ts'
import { readObjects } from '../../outside/files/read-files.ts'
import { endpoint } from '../kit/endpoint.ts'
import { FileAnswer, fileBytes } from '../kit/file-answer.ts'
import { serve } from '../kit/serve.ts'

export const readFile = endpoint({
  name: 'customer.read-file',
  route: 'GET /api/files/{fileId}',
  summary: 'A picture or an attachment of one’s own, or of an answer one was given, once it is ready',
  who: customerEven('suspended'),
  returns: fileBytes,
  refuses: ['file-not-found', 'file-not-ready'],
  uses: { files: readReadyFiles, objects: readObjects },

  async run({ caller, path, uses }) {
    const file = await uses.files.ready(caller.customerId, fileId(path.fileId))
    // What staff attach to an answer is not said before the answer is.
    if (file.purpose === 'reply' && file.keptFor === undefined) throw new Refusal('file-not-found')
    return new FileAnswer({ ...file, bytes: await uses.objects.read(caller.customerId, file) })
  },
})

export const handler = serve(readFile)
