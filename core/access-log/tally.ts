import { dayOf } from '../time.ts'
import type { LogLine } from './line.ts'

/** Requests that one address was refused on a day. */
export interface Refused {
  readonly unauthorised: number
  readonly forbidden: number
  readonly notFound: number
  readonly tooMany: number
  /** Of them, at the door: signing in. */
  readonly signIns: number
  readonly first: Date
  readonly last: Date
}

/** What is counted of a day, in one part of a file. */
export interface DayCounts {
  readonly day: string
  /** Pages that a browser showed. */
  readonly views: number
  readonly pages: ReadonlyMap<string, number>
  readonly browsers: ReadonlyMap<string, number>
  readonly referrers: ReadonlyMap<string, number>
  readonly refused: ReadonlyMap<string, Refused>
}

/** Names beyond these are counted together: nobody makes the table grow by thinking up names. */
const most = { pages: 40, browsers: 20, referrers: 15, refused: 60 } as const
export const otherNames = 'others'

interface Day {
  views: number
  readonly pages: Map<string, number>
  readonly browsers: Map<string, number>
  readonly referrers: Map<string, number>
  readonly refused: Map<string, Refused>
}

/** The counts of one part of a file. Of an address nothing is counted but what it was refused. */
export function newTally(ownHosts: ReadonlySet<string>) {
  const days = new Map<string, Day>()
  const dayFor = (line: LogLine): Day => {
    const name = dayOf(line.entry.at)
    const day = days.get(name) ?? { views: 0, pages: new Map(), browsers: new Map(), referrers: new Map(), refused: new Map() }
    days.set(name, day)
    return day
  }
  return {
    /** Answers whether the line is a page that a browser of a visitor showed. */
    add(line: LogLine): boolean {
      const day = dayFor(line)
      if (isRefusal(line.status)) day.refused.set(line.entry.address, refusedMore(day.refused.get(line.entry.address), line))
      if (line.door !== 'site' || line.browser.robot) return false
      const host = line.referrerHost
      if (host !== undefined && !ownHosts.has(host) && isDocument(line)) count(day.referrers, host)
      const page = shownPage(line)
      if (page === undefined) return false
      day.views++
      count(day.pages, page)
      count(day.browsers, line.entry.browser)
      return true
    },
    days: (): DayCounts[] =>
      [...days].map(([day, { views, pages, browsers, referrers, refused }]) => ({
        day,
        views,
        pages: highest(pages, most.pages),
        browsers: highest(browsers, most.browsers),
        referrers: highest(referrers, most.referrers),
        refused: new Map([...refused].sort(([, a], [, b]) => timesOf(b) - timesOf(a)).slice(0, most.refused)),
      })),
  }
}

export const timesOf = ({ unauthorised, forbidden, notFound, tooMany }: Omit<Refused, 'first' | 'last'>): number =>
  unauthorised + forbidden + notFound + tooMany

/** The site tells of each page that it shows by asking for `/beacon/<page>`: programs do not. */
function shownPage({ entry: { page }, status }: LogLine): string | undefined {
  if (status !== 204 || !page.startsWith('/beacon/')) return undefined
  const name = page.slice('/beacon'.length)
  return name === '/home' ? '/' : name
}

const isDocument = ({ entry: { page }, status }: LogLine): boolean =>
  status === 200 && !page.includes('.') && !/^\/(?:api|beacon|webhooks|assets)\//.test(page)

const isRefusal = (status: number): boolean => [401, 403, 404, 429].includes(status)

function refusedMore(known: Refused | undefined, { status, entry: { at, page } }: LogLine): Refused {
  const { unauthorised = 0, forbidden = 0, notFound = 0, tooMany = 0, signIns = 0, first = at, last = at } = known ?? {}
  return {
    unauthorised: unauthorised + Number(status === 401),
    forbidden: forbidden + Number(status === 403),
    notFound: notFound + Number(status === 404),
    tooMany: tooMany + Number(status === 429),
    signIns: signIns + Number(isSignIn(page)),
    first: at < first ? at : first,
    last: at > last ? at : last,
  }
}

/** A session that has run out is refused at `/session/refresh`: that is nobody who tries passwords. */
const isSignIn = (page: string): boolean => /^(?:console:)?\/api\/(?:admin\/)?session(?:\/(?:totp|recovery))?$/.test(page)

const count = (counts: Map<string, number>, name: string): Map<string, number> => counts.set(name, (counts.get(name) ?? 0) + 1)

function highest(counts: ReadonlyMap<string, number>, names: number): Map<string, number> {
  const sorted = [...counts].sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
  const kept = new Map(sorted.slice(0, names))
  const rest = sorted.slice(names).reduce((sum, [, times]) => sum + times, 0)
  return rest > 0 ? kept.set(otherNames, (kept.get(otherNames) ?? 0) + rest) : kept
}
