import * as z from 'zod/mini'
import { ailments } from '../../core/providers/health.ts'
import { type Line, seatsOf } from '../../core/providers/line.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** How the line to a provider looks to staff. */
export const lineView = z.object({
  /** Turns that are taken at this moment. */
  calling: z.int(),
  /** Its answers are bad: it gets no orders until it is well again. */
  failing: z.optional(
    z.object({
      by: z.enum(['adds', 'asks']),
      since: moment,
      phase: z.enum(['open', 'trying']),
      nextProbeAt: z.optional(moment),
      bad: z.array(z.object({ at: moment, of: z.enum(['add', 'ask', 'probe']), how: z.enum(ailments) })),
    }),
  ),
})

export const viewLine = (line: Line | undefined): z.input<typeof lineView> => ({
  calling: line ? seatsOf(line) : 0,
  ...(line?.failing ? { failing: viewFailing(line.failing, line.bad) } : {}),
})

const viewFailing = ({ by, since, phase, nextProbeAt }: NonNullable<Line['failing']>, bad: Line['bad']) => ({
  by,
  since: at(since),
  phase,
  ...(phase === 'open' ? { nextProbeAt: at(nextProbeAt) } : {}),
  bad: bad.map((one) => ({ ...one, at: at(one.at) })),
})

const at = (milliseconds: number): string => iso(new Date(milliseconds))
