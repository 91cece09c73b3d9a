import * as z from 'zod/mini'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { orderByNumber } from '../../data/orders/find-orders.ts'
import { requestCancels } from '../../data/orders/request-cancels.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { orderNumbered } from '../kit/order-by-number.ts'
import { serve } from '../kit/serve.ts'

export const requestCancel = endpoint({
  name: 'admin.request-cancel',
  route: 'POST /api/admin/orders/{orderId}/cancel',
  summary: 'Cancel an order that was not sent, all of it paid back; or have whoever has it asked to stop it',
  who: staff('admin.request-cancel'),
  body: z.object({ memo }),
  returns: z.object({ outcome: z.enum(['withdrawn', 'asked']) }),
  refuses: ['order-not-found', 'cancel-unavailable'],
  uses: { finding: orderByNumber, cancels: requestCancels, audit: keepAudit },

  async run({ caller, path, body: { memo }, uses, now }) {
    const { customerId, orderId, state } = await orderNumbered(path.orderId, uses.finding)
    const audit = { by: caller.staffId, action: 'admin.request-cancel', on: `order ${orderId}`, why: memo, before: { state } }
    await uses.audit.record(audit, now)
    return { outcome: await uses.cancels.request(customerId, orderId, now) }
  },
})

export const handler = serve(requestCancel)
