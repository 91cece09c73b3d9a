import * as z from 'zod/mini'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { listOpenRequests } from '../../data/orders/open-requests.ts'
import { endpoint } from '../kit/endpoint.ts'
import { staffCancelRequestView, staffRefillView, viewStaffCancelRequest, viewStaffRefill } from '../kit/request-views.ts'
import { serve } from '../kit/serve.ts'

/** Those decided on make room for the next. */
const most = 200

export const listRequests = endpoint({
  name: 'admin.list-requests',
  route: 'GET /api/admin/requests',
  summary: 'Refills and cancellations that a person has to see to, oldest first, 200 at most. The look is on record',
  who: staff('admin.list-requests'),
  returns: z.object({ refills: z.array(staffRefillView), cancellations: z.array(staffCancelRequestView), more: z.boolean() }),
  refuses: [],
  uses: { requests: listOpenRequests, audit: keepAudit },

  async run({ caller, uses, now }) {
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-requests', on: 'refills and cancellations' }, now)
    const refills: z.input<typeof staffRefillView>[] = []
    const cancellations: z.input<typeof staffCancelRequestView>[] = []
    for await (const open of uses.requests.forStaff()) {
      if (refills.length + cancellations.length === most) return { refills, cancellations, more: true }
      if (open.kind === 'refill') refills.push(viewStaffRefill(open.refill))
      else cancellations.push(viewStaffCancelRequest(open.request))
    }
    return { refills, cancellations, more: false }
  },
})

export const handler = serve(listRequests)
