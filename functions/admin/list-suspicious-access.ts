import * as z from 'zod/mini'
import { veilAddress } from '../../core/privacy/veil.ts'
import { dayOf, iso } from '../../core/time.ts'
import { readAccess } from '../../data/access-log/read-access.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readAddressLooks } from '../../data/looks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

/** Rows of one answer. */
const mostRows = 100
const count = z.int()

export const listSuspiciousAccess = endpoint({
  name: 'admin.list-suspicious-access',
  route: 'GET /api/admin/suspicious-access',
  summary: 'Addresses that were refused much on a day, from the access log, veiled until they are asked for; the look is on record',
  who: staff('admin.list-suspicious-access'),
  query: z.object({ day: z.optional(z.iso.date()) }),
  returns: z.object({
    day: z.string(),
    /** Until when this member of staff sees the addresses; none while they are veiled. */
    shownUntil: z.optional(moment),
    rows: z.array(
      z.object({
        address: z.string(),
        /** Refused with 401, 403, 404 and 429. */
        unauthorised: count,
        forbidden: count,
        notFound: count,
        tooMany: count,
        /** Of them, at signing in. */
        signIns: count,
        firstAt: moment,
        lastAt: moment,
      }),
    ),
    /** Rows beyond those listed. */
    more: count,
  }),
  refuses: [],
  uses: { access: readAccess, looks: readAddressLooks, audit: keepAudit },

  async run({ caller, query, uses, now }) {
    const day = query.day ?? dayOf(now)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-suspicious-access', on: `suspicious access of ${day}` }, now)
    const [found, shownUntil] = await Promise.all([uses.access.suspicious(day, now), uses.looks.until(caller.staffId, now)])
    // P-SEC-2
    const shown = (address: string): string => (shownUntil ? address : veilAddress(address))
    const rows = found
      .slice(0, mostRows)
      .map(({ address, first, last, ...row }) => ({ address: shown(address), ...row, firstAt: iso(first), lastAt: iso(last) }))
    return { day, shownUntil: shownUntil && iso(shownUntil), rows, more: found.length - rows.length }
  },
})

export const handler = serve(listSuspiciousAccess)
