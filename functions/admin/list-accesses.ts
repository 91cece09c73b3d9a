import * as z from 'zod/mini'
import { readNetwork } from '../../core/network/networks.ts'
import { iso } from '../../core/time.ts'
import { readAccess } from '../../data/access-log/read-access.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { nameAddresses } from '../../data/trail-names.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

const address = z.string().check(
  z.maxLength(45),
  z.refine((text) => !text.includes('/') && readNetwork(text) !== undefined),
)

export const listAccesses = endpoint({
  name: 'admin.list-accesses',
  route: 'POST /api/admin/accesses',
  summary: 'What an address asked for on a day, as the access log has it, the newest first; the look and its reason are on record',
  who: staff('admin.list-accesses'),
  // A personal thing to ask for: not in an address that others log.
  body: z.object({ day: z.iso.date(), address, memo }),
  returns: z.object({
    /** What the trail calls the address: whoever looked it up is found by it. */
    recordedAs: z.string(),
    rows: z.array(z.object({ at: moment, page: z.string(), browser: z.string(), referrer: z.optional(z.string()) })),
  }),
  refuses: [],
  uses: { access: readAccess, names: nameAddresses, audit: keepAudit },

  async run({ caller, body, uses, now }) {
    // P-SEC-2: which address, in a name that tells it from others and does not say it.
    const recordedAs = `address ${await uses.names.name(body.address)}`
    const on = `${recordedAs}, accesses of ${body.day}`
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-accesses', on, why: body.memo }, now)
    const entries = await uses.access.entries(body.day, body.address, now)
    return { recordedAs, rows: entries.map(({ at, page, browser, referrer }) => ({ at: iso(at), page, browser, referrer })) }
  },
})

export const handler = serve(listAccesses)
