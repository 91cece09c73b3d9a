import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { setHolds } from '../../data/privacy/holds.ts'
import { erasuresQueue } from '../../outside/queues/send.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setLegalHold = endpoint({
  name: 'admin.set-legal-hold',
  route: 'PUT /api/admin/customers/{customerId}/legal-hold',
  summary: 'While it is on, nothing of the account is erased and none of its records expires; or lift it again',
  who: staff('admin.set-legal-hold'),
  body: z.object({ on: z.boolean(), memo }),
  returns: done,
  refuses: ['hold-exists', 'hold-not-found', 'customer-not-found'],
  uses: { holds: setHolds, erasures: erasuresQueue },

  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const audit = {
      by: caller.staffId,
      action: 'admin.set-legal-hold',
      on: `customer ${id}`,
      why: body.memo,
      after: { hold: body.on },
    }
    if (body.on) await uses.holds.set(id, audit, now)
    else await uses.holds.lift(id, audit, now)
    // What is to expire already is stopped by whoever set it to; the sweep does so within the hour if this is lost.
    await uses.erasures.send([{ customerId: id }])
    return { done: true as const }
  },
})

export const handler = serve(setLegalHold)
