import { lookMinutes } from '../../core/privacy/looks.ts'
import { iso } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { openAddressLooks } from '../../data/looks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { lookAt, lookBody, lookReturns } from '../kit/look.ts'
import { serve } from '../kit/serve.ts'

export const showAddresses = endpoint({
  name: 'admin.show-addresses',
  route: 'POST /api/admin/suspicious-access/look',
  summary: `See the addresses of suspicious access for ${lookMinutes} minutes: who asked, what for and why is on record`,
  who: staff('admin.show-addresses'),
  body: lookBody,
  returns: lookReturns,
  refuses: [],
  uses: { looks: openAddressLooks },

  // P-SEC-2: people stand behind an address.
  async run(call) {
    const { caller, uses, now } = call
    const { until, audit } = lookAt('addresses of suspicious access', 'admin.show-addresses', call)
    await uses.looks.open(caller.staffId, until, audit, now)
    return { until: iso(until) }
  },
})

export const handler = serve(showAddresses)
