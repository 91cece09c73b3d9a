import type { TaskId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { transactAudited } from './audit.ts'
import { mayForgetHeldRate, noHeldRate } from './daily-rates.ts'
import { moneyLeg, type Provider, type ProviderMoney } from './providers.ts'
import { beginTask, mayBegin } from './tasks.ts'

interface CountInMoney {
  /** `recost` names the task that brings what was imported to the new exchange rate: written together, so that none is forgotten. */
  count(seen: Provider, to: ProviderMoney, audit: AuditRecord, now: Date, recost: TaskId | undefined): Promise<void>
}

export const countInMoney = {
  allow: [
    { on: 'table', actions: ['UpdateItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' },
    mayForgetHeldRate,
    ...mayBegin,
  ],
  open: () => ({
    async count(seen, to, audit, now, recost) {
      const legs = { provider: moneyLeg(seen, to), held: noHeldRate(seen.providerId) }
      const task = recost && { taskId: recost, providerId: seen.providerId, kind: 'recost' as const, by: audit.by }
      const refused = task ? await beginTask(task, audit, now, { also: legs }) : await transactAudited(audit, now, legs)
      if (refused !== undefined) throw new Refusal('provider-changed')
    },
  }),
} satisfies Need<CountInMoney>
