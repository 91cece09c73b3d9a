import * as z from 'zod/mini'
import { deviceOf } from '../../core/identity/device.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** A sign-in on the wire: the same to its owner and to staff. */
export const signInView = z.object({
  at: moment,
  /** The proof by which somebody came in, or at which he did not. */
  outcome: z.enum(['password', 'app', 'recovery-code', 'wrong-password', 'wrong-code']),
  /** As people call it, and as it calls itself. */
  device: z.string(),
  browser: z.string(),
  address: z.string(),
  /** Tries that failed from one address within an hour are one row. */
  times: z.int(),
})

interface Shown {
  readonly at: Date
  readonly outcome: z.input<typeof signInView>['outcome']
  readonly browser: string
  readonly address: string
  readonly times: number
}

export const viewSignIn = ({ at, outcome, browser, address, times }: Shown): z.input<typeof signInView> => ({
  at: iso(at),
  outcome,
  device: deviceOf(browser),
  browser,
  address,
  times,
})
