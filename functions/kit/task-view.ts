import * as z from 'zod/mini'
import type { StaffId, TaskId } from '../../core/ids.ts'
import { type Finding, findings } from '../../core/providers/balance.ts'
import { type TaskFailure, type TaskKind, type TaskState, taskFailures, taskKinds, taskStates } from '../../core/providers/task.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** How something that a worker does with a provider looks to staff. */
export const taskView = z.object({
  taskId: z.string(),
  kind: z.enum(taskKinds),
  /** Whether the panel began it by the clock. */
  byClock: z.boolean(),
  state: z.enum(taskStates),
  startedAt: moment,
  endedAt: z.optional(moment),
  failure: z.optional(z.enum(taskFailures)),
  /** What asking the provider showed. */
  found: z.optional(
    z.object({
      finding: z.enum(findings),
      balance: z.optional(z.string()),
      currency: z.optional(z.string()),
      balanceMilliseconds: z.optional(z.int()),
      services: z.optional(z.int()),
      broken: z.optional(z.int()),
      /** Those that we do not have and could sell. */
      fresh: z.optional(z.int()),
      servicesMilliseconds: z.optional(z.int()),
    }),
  ),
  /** How far it is among services and rows, and what became of them so far. */
  progress: z.object({
    steps: z.int(),
    at: z.int(),
    added: z.int(),
    changed: z.int(),
    paused: z.int(),
    gone: z.int(),
    left: z.int(),
  }),
})

interface Seen {
  readonly taskId: TaskId
  readonly kind: TaskKind
  readonly state: TaskState
  readonly by?: StaffId | undefined
  readonly startedAt: Date
  readonly endedAt?: Date | undefined
  readonly failure?: TaskFailure | undefined
  readonly found?: (Omit<NonNullable<z.input<typeof taskView>['found']>, 'finding'> & { readonly finding: Finding }) | undefined
  readonly progress: z.input<typeof taskView>['progress']
}

export const viewTask = ({ startedAt, endedAt, by, ...seen }: Seen): z.input<typeof taskView> => ({
  ...seen,
  byClock: by === undefined,
  startedAt: iso(startedAt),
  endedAt: endedAt && iso(endedAt),
})
