import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { lookMinutes, lookReasons } from '../../core/privacy/looks.ts'
import { iso, later } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { openLooks } from '../../data/looks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const showCustomer = endpoint({
  name: 'admin.show-customer',
  route: 'POST /api/admin/customers/{customerId}/look',
  summary: `See a customer’s name, email and addresses for ${lookMinutes} minutes: who asked, what for and why is on record`,
  who: staff('admin.show-customer'),
  body: z.object({ for: z.enum(lookReasons), memo }),
  returns: z.object({ until: moment }),
  refuses: ['customer-not-found'],
  uses: { looks: openLooks },

  // P-SEC-2: nobody sees who somebody is by passing by.
  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const until = later(now, lookMinutes * 60)
    const audit = {
      by: caller.staffId,
      action: 'admin.show-customer',
      on: `customer ${id}`,
      why: body.memo,
      after: { for: body.for, until: iso(until) },
    }
    await uses.looks.open(caller.staffId, id, until, audit, now)
    return { until: iso(until) }
  },
})

export const handler = serve(showCustomer)
