import * as z from 'zod/mini'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { listManualOrders as listing } from '../../data/orders/work-orders.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page, staffOrderView, viewOrder } from '../kit/views.ts'

const rowsPerPage = 50

export const listManualOrders = endpoint({
  name: 'admin.list-manual-orders',
  route: 'GET /api/admin/manual-orders',
  summary:
    'Orders that people of ours deliver and that are not over, oldest first, with who has them in hand; the look is on record',
  who: staff('admin.list-manual-orders'),
  query: z.object({ cursor }),
  returns: page(staffOrderView),
  refuses: [],
  uses: { listing, audit: keepAudit },

  async run({ caller, query, uses, now }) {
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-manual-orders', on: 'manual orders' }, now)
    const { orders, cursor } = await uses.listing.page(query.cursor, rowsPerPage)
    return { rows: orders.map((order) => ({ ...order, ...viewOrder(order) })), cursor }
  },
})

export const handler = serve(listManualOrders)
