import * as z from 'zod/mini'
import { lookMinutes, lookReasons } from '../../core/privacy/looks.ts'
import { iso, later } from '../../core/time.ts'
import { openAddressLooks } from '../../data/address-looks.ts'
import { staff } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const showAddresses = endpoint({
  name: 'admin.show-addresses',
  route: 'POST /api/admin/suspicious-access/look',
  summary: `See the addresses of suspicious access for ${lookMinutes} minutes: who asked, what for and why is on record`,
  who: staff('admin.show-addresses'),
  body: z.object({ for: z.enum(lookReasons), memo }),
  returns: z.object({ until: moment }),
  refuses: [],
  uses: { looks: openAddressLooks },

  // P-SEC-2: people stand behind an address.
  async run({ caller, body, uses, now }) {
    const until = later(now, lookMinutes * 60)
    const after = { for: body.for, until: iso(until) }
    const on = 'addresses of suspicious access'
    await uses.looks.open(
      caller.staffId,
      until,
      { by: caller.staffId, action: 'admin.show-addresses', on, why: body.memo, after },
      now,
    )
    return { until: iso(until) }
  },
})

export const handler = serve(showAddresses)
