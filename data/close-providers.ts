import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { closeLeg } from './providers.ts'
import { beginTask, mayBegin, type NewTask } from './tasks.ts'

interface CloseProviders {
  /** From here on it is being deleted: `task` takes its services out of sale, and it ends when nothing of it can be under way. */
  close(task: NewTask, audit: AuditRecord, now: Date): Promise<void>
}

export const closeProviders = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' }, ...mayBegin],
  open: () => ({
    async close(task, audit, now) {
      if (await beginTask(task, audit, now, { also: { provider: closeLeg(task.providerId, now) } }))
        throw new Refusal('provider-changed')
    },
  }),
} satisfies Need<CloseProviders>
