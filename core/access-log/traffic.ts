import { dayOf, later } from '../time.ts'

/** What is counted of the site by day. In none of it can anybody be seen. */
export const trafficKinds = ['views', 'visits', 'pages', 'browsers', 'referrers', 'unread'] as const
export type TrafficKind = (typeof trafficKinds)[number]

export interface Count {
  readonly of: TrafficKind
  readonly day: string
  readonly name: string
  readonly times: number
}

interface Named {
  readonly name: string
  readonly times: number
}

/** The traffic of some days, as it is told. */
export interface Traffic {
  readonly days: { readonly day: string; readonly visits: number; readonly views: number }[]
  readonly pages: Named[]
  readonly referrers: Named[]
  readonly browsers: Named[]
  readonly unread: { readonly lines: number; readonly files: number }
}

/** Names of one list; the table keeps more. */
const mostNames = 30

export function trafficOf(counts: readonly Count[], from: string, to: string): Traffic {
  const of = (kind: TrafficKind): readonly Count[] => counts.filter((count) => count.of === kind)
  const sums = (kind: TrafficKind): ReadonlyMap<string, number> => summed(of(kind), ({ name }) => name)
  const [visits, views] = (['visits', 'views'] as const).map((kind) => summed(of(kind), ({ day }) => day))
  const unread = sums('unread')
  return {
    days: daysBetween(from, to).map((day) => ({ day, visits: visits?.get(day) ?? 0, views: views?.get(day) ?? 0 })),
    pages: highest(sums('pages')),
    referrers: highest(sums('referrers')),
    browsers: highest(sums('browsers')),
    unread: { lines: unread.get('lines') ?? 0, files: unread.get('files') ?? 0 },
  }
}

function summed(counts: readonly Count[], by: (count: Count) => string): Map<string, number> {
  const sums = new Map<string, number>()
  for (const count of counts) sums.set(by(count), (sums.get(by(count)) ?? 0) + count.times)
  return sums
}

const highest = (sums: ReadonlyMap<string, number>): Named[] =>
  [...sums]
    .map(([name, times]) => ({ name, times }))
    .sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1))
    .slice(0, mostNames)

function daysBetween(from: string, to: string): string[] {
  const days: string[] = []
  for (let at = new Date(from); dayOf(at) <= to; at = later(at, 86_400)) days.push(dayOf(at))
  return days
}
