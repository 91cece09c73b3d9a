import type { Outgoing } from '../protocol/outgoing.ts'

/** How many calls a provider gets, as staff say. */
export interface CallLimits {
  /** At once; 1 for a provider that has to be served one call after the other. */
  readonly atOnce: number
  /** In a minute of the clock; undefined for as many as there are. */
  readonly perMinute?: number | undefined
}

/** What a provider gets of which staff said nothing. */
export const usualAtOnce = 10
/** More than that the panel does not do at once with one provider: its state has to stay small. */
export const mostAtOnce = 100
export const mostPerMinute = 60_000

/** How long a call may take, all in all. */
export const callSeconds: Readonly<Record<Outgoing['action'], number>> = {
  add: 25,
  status: 25,
  refill: 25,
  refill_status: 25,
  cancel: 25,
  services: 60,
  balance: 15,
}
