import * as z from 'zod/mini'
import { dayOf } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readAudit } from '../../data/read-audit.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page } from '../kit/views.ts'

const facts = z.optional(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])))
const filter = z.optional(z.string().check(z.minLength(1), z.maxLength(200)))

export const listAudit = endpoint({
  name: 'admin.list-audit',
  route: 'GET /api/admin/audit',
  summary: 'What staff did and looked at on a day (UTC, today if none is named), newest first; this look is on record too',
  who: staff('admin.list-audit'),
  query: z.object({ day: z.optional(z.iso.date()), by: filter, action: filter, on: filter, cursor }),
  returns: page(
    z.object({
      seq: z.int(),
      at: moment,
      by: z.string(),
      action: z.string(),
      on: z.string(),
      why: z.optional(z.string()),
      before: facts,
      after: facts,
    }),
  ),
  refuses: [],
  uses: { trail: readAudit, audit: keepAudit },

  async run({ caller, query, uses, now }) {
    const { day = dayOf(now), cursor, ...wanted } = query
    const { records, cursor: next } = await uses.trail.ofDay(day, wanted, cursor, 50, now)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-audit', on: `the audit trail of ${day}` }, now)
    return { rows: [...records], cursor: next }
  },
})

export const handler = serve(listAudit)
