import { customerId } from '../../core/ids.ts'
import { lookMinutes } from '../../core/privacy/looks.ts'
import { iso } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { openLooks } from '../../data/looks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { lookAt, lookBody, lookReturns } from '../kit/look.ts'
import { serve } from '../kit/serve.ts'

export const showCustomer = endpoint({
  name: 'admin.show-customer',
  route: 'POST /api/admin/customers/{customerId}/look',
  summary: `See a customer’s name, email and addresses for ${lookMinutes} minutes: who asked, what for and why is on record`,
  who: staff('admin.show-customer'),
  body: lookBody,
  returns: lookReturns,
  refuses: ['customer-not-found'],
  uses: { looks: openLooks },

  // P-SEC-2: nobody sees who somebody is by passing by.
  async run(call) {
    const { caller, path, uses, now } = call
    const id = customerId(path.customerId)
    const { until, audit } = lookAt(`customer ${id}`, 'admin.show-customer', call)
    await uses.looks.open(caller.staffId, id, until, audit, now)
    return { until: iso(until) }
  },
})

export const handler = serve(showCustomer)
