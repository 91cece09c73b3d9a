import * as z from 'zod/mini'
import { inspect } from '../../core/files/inspect.ts'
import { type FileFault, largestUpload, type StoredType, uploadType } from '../../core/files/rules.ts'
import { customerId, fileId } from '../../core/ids.ts'
import type { Opened } from '../../core/need.ts'
import { masked } from '../../core/privacy/slips.ts'
import { checkFiles, type StoredFile } from '../../data/files.ts'
import { takeUploads } from '../../outside/files/take-uploads.ts'
import { redrawImages } from '../../outside/images/redraw.ts'
import { workQueue } from '../kit/work.ts'
import { queueWorker } from '../kit/worker.ts'

/** A file that has cost the worker its life twice is not tried a third time. Counted by message: a form may be posted often. */
const mostTries = 2

const message = z.object({ key: z.string() })
const needs = { files: checkFiles, uploads: takeUploads, images: redrawImages }

/** P-COL-2: what customers upload is checked by its content, and kept as a picture drawn anew or as plain text. */
export const checkFile = queueWorker({
  name: 'workers.check-file',
  summary: 'Checks what was uploaded by its content, draws pictures anew without what the camera noted, and keeps or refuses them',
  on: { kind: 'queue', queue: 'files', batchSize: 1, atOnce: 4, fedBy: 'uploads' },
  failing: { hurts: 'customers wait for pictures and attachments that they uploaded', runbook: 'files-not-checked' },
  timeoutSeconds: 60,
  // The largest picture takes 600 MB at its most, half of it in the decoder.
  memoryMegabytes: 1536,
  read: (raw) => {
    const [place, owner = '', file = '', ...more] = message.parse(raw).key.split('/')
    if (place !== 'uploads' || owner === '' || file === '' || more.length > 0) throw new Error('this is no upload')
    return { owner: customerId(owner), file: fileId(file) }
  },
  uses: needs,

  async run({ message: { owner, file }, uses, now, attempt = 1 }) {
    const awaited = await uses.files.take(owner, file)
    if (awaited) {
      const made = attempt > mostTries ? 'damaged' : await checked(owner, awaited, uses)
      if (typeof made === 'string') await uses.files.refuse(owner, awaited, made)
      else {
        const { type, bytes, width, height } = made
        // Whoever dies here has kept what nobody noted: the next try makes the same object, or the file is refused.
        const digest = await uses.uploads.keep(owner, file, type, bytes)
        await uses.files.ready(owner, awaited, { type, bytes: bytes.length, width, height, digest }, now)
      }
    }
    // The file has its end by now, whoever wrote it: a form may be posted twice, and a message come twice. What is noted of
    // it stays; what else was made of it, and whatever was posted since, goes.
    await uses.uploads.tidy(owner, file, await uses.files.noted(owner, file))
  },
})

interface Made {
  readonly type: StoredType
  readonly bytes: Uint8Array
  readonly width?: number
  readonly height?: number
}

/** What is kept of a file, or why nothing is. */
async function checked(
  owner: ReturnType<typeof customerId>,
  { fileId, purpose, type }: StoredFile,
  { uploads, images }: Opened<typeof needs>,
): Promise<Made | FileFault> {
  const declared = uploadType(purpose, type)
  if (!declared) return 'not-accepted'
  const bytes = await uploads.get(owner, fileId, largestUpload(declared))
  if (bytes === undefined || bytes === 'too-large') return bytes ?? 'damaged'
  const found = inspect(bytes, declared)
  if (found.kind === 'faulty') return found.why
  // P-COL-4: what nobody should keep is kept in no file either.
  if (found.kind === 'text') return { type: 'text/plain', bytes: new TextEncoder().encode(masked(found.text)) }
  return (await images.redraw(found, purpose)) ?? 'damaged'
}

export const handler = workQueue(checkFile)
