import * as z from 'zod/mini'
import type { ProviderId, TaskId } from '../../core/ids.ts'
import { type Finding, findings } from '../../core/providers/balance.ts'
import { type Doubt, doubts, nextSync, type SyncRules, syncIntervals } from '../../core/providers/sync.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** How what we have of a provider is kept up with, as staff see it. */
export const syncView = z.object({
  /** In hours; 0 for never. */
  everyHours: z.union(syncIntervals.map((hours) => z.literal(hours))),
  /** By how many per cent a cost may move at once before a person looks at it. */
  jumpUp: z.int(),
  jumpDown: z.int(),
  begunAt: z.optional(moment),
  /** When it is its turn again; not while the provider is paused. */
  nextAt: z.optional(moment),
  /** An answer that was not taken for the truth. */
  held: z.optional(
    z.object({
      heldId: z.string(),
      at: moment,
      because: z.enum(doubts),
      finding: z.enum(findings),
      offered: z.int(),
      vanished: z.int(),
      known: z.int(),
      names: z.array(z.string()),
    }),
  ),
})

interface Seen {
  readonly providerId: ProviderId
  readonly status: 'active' | 'paused' | 'closing'
  readonly createdAt: Date
}
interface Standing {
  readonly begunAt?: Date | undefined
  readonly held?:
    | {
        readonly taskId: TaskId
        readonly at: Date
        readonly because: Doubt
        readonly finding: Finding
        readonly offered: number
        readonly vanished: number
        readonly known: number
        readonly names: readonly string[]
      }
    | undefined
}

export function viewSync(
  { providerId, status, createdAt }: Seen,
  { everyHours, jump }: SyncRules,
  { begunAt, held }: Standing = {},
): z.input<typeof syncView> {
  const next = status === 'active' ? nextSync(providerId, everyHours, begunAt ?? createdAt, held?.because) : undefined
  return {
    everyHours,
    jumpUp: jump.up,
    jumpDown: jump.down,
    begunAt: begunAt && iso(begunAt),
    nextAt: next && iso(next),
    held: held && { ...held, heldId: held.taskId, at: iso(held.at), names: [...held.names] },
  }
}
