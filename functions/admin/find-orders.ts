import * as z from 'zod/mini'
import { providerId, providerOrderId } from '../../core/ids.ts'
import { publicLink } from '../../core/orders/link.ts'
import type { Order } from '../../core/orders/order.ts'
import { Refusal } from '../../core/refusals.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { findOrders as finding } from '../../data/orders/find-orders.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page, staffOrderView, viewOrder } from '../kit/views.ts'

const rowsPerPage = 50

export const findOrders = endpoint({
  name: 'admin.find-orders',
  // Not a GET: whom a link leads to does not belong into an address, where logs would keep it.
  route: 'POST /api/admin/orders/find',
  summary:
    'Orders by their link, however it is spelled, or by their number at a provider (at any, if none is named), newest first; the look is on record',
  who: staff('admin.find-orders'),
  query: z.object({ cursor }),
  body: z.union([
    z.object({ link: z.string().check(z.trim(), z.minLength(1), z.maxLength(4_000)) }),
    z.object({
      providerOrderId: z.string().check(z.trim(), z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
      providerId: z.optional(z.string().check(z.maxLength(128))),
    }),
  ]),
  returns: page(staffOrderView),
  refuses: [],
  uses: { finding, orders: readOrders, providers: readProviders, audit: keepAudit },

  async run({ caller, query, body, uses, now }) {
    const byLink = 'link' in body
    // The link itself is in the orders that are found, and need not be in the trail as well.
    const on = byLink ? 'orders for a link' : `orders with the provider’s number ${body.providerOrderId}`
    await uses.audit.record({ by: caller.staffId, action: 'admin.find-orders', on }, now)
    if (byLink) {
      // People leave the scheme out when they write.
      const link = publicLink(body.link) ?? publicLink(`https://${body.link}`)
      if (link === undefined) throw new Refusal('invalid-request', { fields: ['link'] })
      const { orders, cursor } = await uses.finding.byLink(link, now, query.cursor, rowsPerPage)
      return { rows: await Promise.all(orders.map((order) => withLink(order, uses))), cursor }
    }
    const providers = body.providerId
      ? [providerId(body.providerId)]
      : (await uses.providers.all()).map((provider) => provider.providerId)
    const number = providerOrderId(body.providerOrderId)
    const { orders, cursor } = await uses.finding.byUpstream(providers, number, now, query.cursor, rowsPerPage)
    return { rows: await Promise.all(orders.map((order) => withLink(order, uses))), cursor }
  },
})

/** The few that are found are shown with their links, long ones included. */
async function withLink(order: Order, { orders }: { readonly orders: ReturnType<typeof readOrders.open> }) {
  const { link } = await orders.payload(order)
  return { ...order, ...viewOrder(order, order.link ?? link) }
}

export const handler = serve(findOrders)
