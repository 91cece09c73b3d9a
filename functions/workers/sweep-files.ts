import { sweepDiscarded } from '../../data/files.ts'
import { readHolds } from '../../data/privacy/holds.ts'
import { deleteFiles } from '../../outside/files/delete-files.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

/** A run stops in time, and the next one goes on. */
const enoughSeconds = 240

export const sweepFiles = scheduleWorker({
  name: 'workers.sweep-files',
  summary: 'Deletes what customers removed, replaced, or uploaded and never used; what fails is tried again each hour',
  on: { kind: 'schedule', every: 'hour' },
  failing: { hurts: 'pictures and attachments that customers removed are still in the bucket', runbook: 'files-not-deleted' },
  timeoutSeconds: 300,
  uses: { discarded: sweepDiscarded, objects: deleteFiles, holds: readHolds },

  async run({ uses, now, clock }) {
    const held = new Set((await uses.holds.all()).filter(({ lifted }) => !lifted).map(({ customerId }) => customerId))
    let failures = 0
    let first: unknown
    for await (const file of uses.discarded.due(now)) {
      if (clock().getTime() - now.getTime() > enoughSeconds * 1000) break
      // P-RET-2: it stays on the list until the hold is lifted.
      if (held.has(file.customerId)) continue
      try {
        if (await uses.discarded.letGo(file)) await uses.objects.delete(file.customerId, file.fileId)
        await uses.discarded.forget(file)
      } catch (error) {
        // One that cannot be deleted does not keep the others from it.
        failures++
        first ??= error
      }
    }
    if (failures > 0) throw new Error(`${failures} files could not be deleted; they stay on the list`, { cause: first })
  },
})

export const handler = workSchedule(sweepFiles)
