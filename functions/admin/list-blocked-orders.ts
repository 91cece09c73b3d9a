import * as z from 'zod/mini'
import { keepAudit } from '../../data/audit.ts'
import { readBlocks } from '../../data/blocks.ts'
import { staff } from '../../data/door.ts'
import { findOrdersUnder } from '../../data/orders/orders-under.ts'
import { readProviders } from '../../data/providers.ts'
import { blockView, viewBlock } from '../kit/block-view.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { staffOrderView, viewOrder } from '../kit/views.ts'

export const listBlockedOrders = endpoint({
  name: 'admin.list-blocked-orders',
  route: 'GET /api/admin/blocked-targets/{blockId}/orders',
  summary: 'A blocked target, and the orders for it that are still under way; the look is on record',
  who: staff('admin.list-blocked-orders'),
  returns: z.object({ block: blockView, rows: z.array(staffOrderView), complete: z.boolean() }),
  refuses: ['block-not-found'],
  uses: { blocks: readBlocks, orders: findOrdersUnder, providers: readProviders, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const block = await uses.blocks.get(path.blockId)
    const providers = (await uses.providers.all()).map(({ providerId }) => providerId)
    const { orders, complete } = await uses.orders.find(block.target, providers, now)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-blocked-orders', on: `target ${block.target}` }, now)
    const rows = orders.toSorted((one, other) => one.orderId - other.orderId)
    return { block: viewBlock(block), rows: rows.map((order) => ({ ...order, ...viewOrder(order) })), complete }
  },
})

export const handler = serve(listBlockedOrders)
