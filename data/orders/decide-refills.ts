import type { Need } from '../../core/need.ts'
import { type Refill, refillMoves } from '../../core/orders/refill.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { iso } from '../../core/time.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { openLists } from '../keys.ts'
import { keyOf } from './refills.ts'
import { moveRequest, type RequestChange } from './request-item.ts'

interface DecideRefills {
  /**
   * What staff make of a refill that is theirs: take it up, have it done, turn it down with a word to the customer, or have it
   * sent. Refuses when it is not theirs any more.
   */
  decide(refill: Refill, what: 'start' | 'complete' | 'reject' | 'resend', audit: AuditRecord, now: Date): Promise<void>
}

export const decideRefills = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['REFILL#*'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async decide(refill, what, audit, now) {
      const refused = await transactAudited(audit, now, {
        refill: {
          Update: moveRequest(keyOf(refill), refillMoves[what], now, {
            ...decided(what, audit.why),
            only: { askedOf: 'staff', changedAt: iso(refill.changedAt) },
          }),
        },
      })
      if (refused) throw new Refusal('changed-meanwhile')
    },
  }),
} satisfies Need<DecideRefills>

function decided(what: 'start' | 'complete' | 'reject' | 'resend', why: string | undefined): RequestChange {
  switch (what) {
    case 'start':
      return { openOn: openLists.requests() }
    case 'complete':
      return {}
    case 'reject':
      return { reason: 'staff-refused', set: { memo: why } }
    case 'resend':
      return { askedOf: 'provider', openOn: openLists.toForward() }
  }
}
