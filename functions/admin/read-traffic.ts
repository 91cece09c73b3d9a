import * as z from 'zod/mini'
import { trafficOf } from '../../core/access-log/traffic.ts'
import { dayOf, later } from '../../core/time.ts'
import { readTraffic as readCounts } from '../../data/access-log/read-traffic.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

/** Longer ranges are told by the month elsewhere, or not at all. */
const mostDays = 366

const count = z.int()
const named = z.array(z.object({ name: z.string(), times: count }))

export const readTraffic = endpoint({
  name: 'admin.read-traffic',
  route: 'GET /api/admin/traffic',
  summary: 'Visits, pages, referrers and browsers by day, from counts in which nobody can be seen',
  who: staff('admin.read-traffic'),
  query: z.object({ from: z.optional(z.iso.date()), to: z.optional(z.iso.date()) }),
  returns: z.object({
    from: z.string(),
    to: z.string(),
    /** Every day of the range. */
    days: z.array(z.object({ day: z.string(), visits: count, views: count })),
    /** Pages by how often they were shown; the others the same way. */
    pages: named,
    referrers: named,
    browsers: named,
    /** Of log files, what could not be read. */
    unread: z.object({ lines: count, files: count }),
  }),
  refuses: [],
  uses: { counts: readCounts },

  async run({ query, uses, now }) {
    const to = [query.to ?? dayOf(now), dayOf(now)].sort()[0] ?? ''
    const before = (days: number): string => dayOf(later(new Date(to), -days * 86_400))
    // Days sort as text: the middle one of three is the wish, held to the range.
    const [, from = to] = [before(mostDays - 1), query.from ?? before(29), to].sort()
    return { from, to, ...trafficOf(await uses.counts.between(from, to, now), from, to) }
  },
})

export const handler = serve(readTraffic)
