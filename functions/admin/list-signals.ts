import * as z from 'zod/mini'
import { signalKinds } from '../../core/signals/signal.ts'
import { dayOf, iso } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readSignals } from '../../data/read-signals.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

/** Rows of one answer: more networks than that are told of by their number alone. */
const mostRows = 200

const kind = z.enum(signalKinds)
const signalView = z.object({
  kind,
  subject: z.string(),
  times: z.int(),
  hours: z.array(z.int()),
  firstAt: moment,
  lastAt: moment,
  customerId: z.optional(z.string()),
  keyId: z.optional(z.string()),
  seen: z.optional(z.object({ at: moment, by: z.string(), memo: z.string(), times: z.int() })),
})

export const listSignals = endpoint({
  name: 'admin.list-signals',
  route: 'GET /api/admin/signals',
  summary: 'What was noticed on a day: floods of wrong keys, keys used from elsewhere, walks through order numbers',
  who: staff('admin.list-signals'),
  query: z.object({ day: z.optional(z.iso.date()) }),
  returns: z.object({
    day: z.string(),
    rows: z.array(signalView),
    /** Rows beyond those listed. */
    more: z.int(),
    /** Everything that was counted on the day, hour by hour, also what is too little to be listed. */
    hours: z.array(z.object({ kind, hours: z.array(z.int()) })),
    /** The same by day, for 30 days; days without any are left out. */
    days: z.array(z.object({ day: z.string(), kind, times: z.int() })),
  }),
  refuses: [],
  uses: { signals: readSignals, audit: keepAudit },

  async run({ caller, query, uses, now }) {
    const asked = query.day ?? dayOf(now)
    const [{ signals, sums }, days] = await Promise.all([uses.signals.ofDay(asked, now), uses.signals.lately(now)])
    const rows = signals.slice(0, mostRows).map(({ hours, firstAt, lastAt, seenAt, seenBy, seenMemo, seenTimes, ...signal }) => ({
      ...signal,
      hours: [...hours],
      firstAt: iso(firstAt),
      lastAt: iso(lastAt),
      seen: seenAt && { at: iso(seenAt), by: seenBy ?? '', memo: seenMemo ?? '', times: seenTimes ?? 0 },
    }))
    if (rows.some(({ customerId }) => customerId !== undefined))
      await uses.audit.record({ by: caller.staffId, action: 'admin.list-signals', on: `signals of ${asked}` }, now)
    return {
      day: asked,
      rows,
      more: signals.length - rows.length,
      hours: sums.map((sum) => ({ kind: sum.kind, hours: [...sum.hours] })),
      days,
    }
  },
})

export const handler = serve(listSignals)
