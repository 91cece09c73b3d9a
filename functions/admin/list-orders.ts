import * as z from 'zod/mini'
import { dayOf } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { findOrders } from '../../data/orders/find-orders.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page, staffOrderView, viewOrder } from '../kit/views.ts'

export const listOrders = endpoint({
  name: 'admin.list-orders',
  route: 'GET /api/admin/orders',
  summary:
    'The orders of a day (UTC, today if none is named), newest first; or those that need a person, oldest first; the look is on record',
  who: staff('admin.list-orders'),
  query: z.object({ day: z.optional(z.iso.date()), list: z.optional(z.enum(['unknown'])), cursor }),
  returns: page(staffOrderView),
  refuses: [],
  uses: { finding: findOrders, providers: readProviders, audit: keepAudit },

  async run({ caller, query, uses, now }) {
    const on = query.list === 'unknown' ? 'orders that need a person' : `orders of ${query.day ?? dayOf(now)}`
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-orders', on }, now)
    const { orders, cursor } =
      query.list === 'unknown'
        ? await uses.finding.needingStaff(
            (await uses.providers.all()).map(({ providerId }) => providerId),
            query.cursor,
            50,
          )
        : await uses.finding.ofDay(query.day ?? dayOf(now), query.cursor, 50)
    return { rows: orders.map((order) => ({ ...order, ...viewOrder(order) })), cursor }
  },
})

export const handler = serve(listOrders)
