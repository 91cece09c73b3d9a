import * as z from 'zod/mini'
import type { Outcomes, TypicalTime } from '../../core/measured/measured.ts'
import { typicalTimeView } from './catalogue-view.ts'

/** What was measured of a service or a provider; nothing of what there is too little of. */
export interface Measured {
  readonly time?: TypicalTime | undefined
  readonly outcomes?: Outcomes | undefined
}

export const measuredView = {
  time: z.optional(typicalTimeView),
  /** How its last orders ended, of those that ended. */
  outcomes: z.optional(z.object({ ended: z.int(), completed: z.int(), partial: z.int(), canceled: z.int(), refused: z.int() })),
}
