import * as z from 'zod/mini'
import { dayOf } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { findOrders } from '../../data/orders/find-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page, staffOrderView, viewOrder } from '../kit/views.ts'

export const listOrders = endpoint({
  name: 'admin.list-orders',
  route: 'GET /api/admin/orders',
  summary: 'The orders of a day (UTC, today if none is named), newest first; or those of unknown outcome, oldest first',
  who: staff('finance', 'support', 'read-only'),
  query: z.object({ day: z.optional(z.iso.date()), list: z.optional(z.enum(['unknown'])), cursor }),
  returns: page(staffOrderView),
  refuses: [],
  uses: { finding: findOrders },

  async run({ query, uses, now }) {
    const { orders, cursor } =
      query.list === 'unknown'
        ? await uses.finding.unknown(query.cursor, 50)
        : await uses.finding.ofDay(query.day ?? dayOf(now), query.cursor, 50)
    return { rows: orders.map((order) => ({ ...order, ...viewOrder(order) })), cursor }
  },
})

export const handler = serve(listOrders)
