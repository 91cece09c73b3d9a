/** How often what was counted in memory is written. */
export interface Pace {
  /** Written at once when there are so many. */
  readonly first: number
  /** After that, whenever there are again so many, and this share of what was written: a million make a hundred writes. */
  readonly again: number
  readonly share: number
  /** And whenever something is counted so long after the last write. */
  readonly seconds: number
}

interface Count {
  waiting: number
  written: number
  writtenAt: number
}

/** Things counted at once, at most: beyond that what waits is let go. */
const mostCounted = 10_000

/**
 * Counts in an instance's memory, and says when to write how many. What an instance takes with it when it ends is at most a
 * share of what it has written, or fewer than the first: a count is never too high, and never far too low.
 */
export function tally(pace: Pace): (what: string, times: number, now: Date) => number {
  const counts = new Map<string, Count>()
  return (what, times, now) => {
    if (counts.size > mostCounted) counts.clear()
    const count = counts.get(what) ?? { waiting: 0, written: 0, writtenAt: now.getTime() }
    counts.set(what, count)
    count.waiting += times
    const isDue = count.waiting >= (count.written === 0 ? pace.first : Math.max(pace.again, count.written * pace.share))
    if (!isDue && now.getTime() - count.writtenAt < pace.seconds * 1000) return 0
    const due = count.waiting
    Object.assign(count, { waiting: 0, written: count.written + due, writtenAt: now.getTime() })
    return due
  }
}
