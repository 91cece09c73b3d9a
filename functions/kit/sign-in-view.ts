import * as z from 'zod/mini'
import { deviceOf } from '../../core/identity/device.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

const signInView = z.object({
  at: moment,
  /** The proof by which somebody came in, or at which he did not. */
  outcome: z.enum(['password', 'app', 'recovery-code', 'wrong-password', 'wrong-code']),
  /** As people call it, and as it calls itself. */
  device: z.string(),
  browser: z.string(),
  address: z.string(),
  /** Tries that failed from one address within an hour are one row, with the browser of the last. */
  times: z.int(),
})

/** Sign-ins on the wire: the same to their owner and to staff. Each list the newest first. */
export const signInsView = z.object({
  /** Who came in. */
  rows: z.array(signInView),
  /** Who tried and failed: apart, so that nobody can push a sign-in off the list. */
  failures: z.array(signInView),
})

interface Shown {
  readonly at: Date
  readonly outcome: z.input<typeof signInView>['outcome']
  readonly browser: string
  readonly address: string
  readonly times: number
}

interface SignIns {
  readonly cameIn: readonly Shown[]
  readonly failed: readonly Shown[]
}

export const viewSignIns = ({ cameIn, failed }: SignIns): z.input<typeof signInsView> => ({
  rows: cameIn.map(viewSignIn),
  failures: failed.map(viewSignIn),
})

const viewSignIn = ({ at, outcome, browser, address, times }: Shown): z.input<typeof signInView> => ({
  at: iso(at),
  outcome,
  device: deviceOf(browser),
  browser,
  address,
  times,
})
