/** Ids in one status call, at most: the protocol's own limit. */
export const idsPerCall = 100

/** One list of open orders per provider is split into this many, so that none outgrows a partition. */
export const pollShards = 4

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How often orders of an age are asked about: every minute while young, once a day after a month. */
const bands = [
  { untilAge: 15 * minute, every: 1 },
  { untilAge: 2 * hour, every: 5 },
  { untilAge: day, every: 15 },
  { untilAge: 7 * day, every: 60 },
  { untilAge: 30 * day, every: 6 * 60 },
  { untilAge: 3650 * day, every: 24 * 60 },
] as const

/** A span of acceptance times, oldest first: `from` (inclusive) to `to` (exclusive). */
export interface Span {
  readonly from: Date
  readonly to: Date
}

/**
 * Which acceptance times are due at `now`. An order's age decides, so nothing is stored per order and the index does not
 * move. `shift` spreads lists over the minutes, so that all of them do not fall due in the same one.
 */
export function dueSpans(now: Date, shift = 0): Span[] {
  const tick = Math.floor(now.getTime() / minute) + shift
  return bands.flatMap(({ untilAge, every }, index) => {
    const younger = bands[index - 1]?.untilAge ?? 0
    return tick % every === 0
      ? [{ from: new Date(now.getTime() - untilAge), to: new Date(now.getTime() - younger + (index === 0 ? minute : 0)) }]
      : []
  })
}
