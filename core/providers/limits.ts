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
