import * as z from 'zod/mini'
import { customerId, providerId } from '../../core/ids.ts'
import { orderStates } from '../../core/orders/states.ts'
import { dayOf } from '../../core/time.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { listOrders as listing, matches, type OrderFilter } from '../../data/orders/list-orders.ts'
import { readOrders } from '../../data/orders/read-orders.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page, staffOrderView, viewOrder } from '../kit/views.ts'

const rowsPerPage = 50
const name = z.optional(z.string().check(z.minLength(1), z.maxLength(128)))

export const listOrders = endpoint({
  name: 'admin.list-orders',
  route: 'GET /api/admin/orders',
  summary:
    'Orders by state, day (UTC), provider and customer, newest first; without a customer or an open state, those of one day, today if none is named. Or those that need a person, oldest first. The look is on record',
  who: staff('admin.list-orders'),
  query: z.object({
    state: z.optional(z.enum(orderStates)),
    day: z.optional(z.iso.date()),
    providerId: name,
    customerId: name,
    list: z.optional(z.enum(['unknown'])),
    cursor,
  }),
  returns: page(staffOrderView),
  refuses: [],
  uses: { listing, orders: readOrders, providers: readProviders, audit: keepAudit },

  async run({ caller, query, uses, now }) {
    const { state, day } = query
    const filter = { state, day, provider: query.providerId === undefined ? undefined : providerId(query.providerId) }
    const ofOne = query.customerId === undefined ? undefined : customerId(query.customerId)
    const needed = query.list === 'unknown'
    const on = needed ? 'orders that need a person' : ofOne ? `customer ${ofOne}` : inWords(filter, dayOf(now))
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-orders', on }, now)
    const providers = async () => (await uses.providers.all()).map((provider) => provider.providerId)
    const { orders, cursor } = needed
      ? await uses.listing.needingStaff(await providers(), now, query.cursor, rowsPerPage)
      : ofOne
        ? await uses.orders.page(ofOne, (order) => matches(order, filter), query.cursor, rowsPerPage)
        : await uses.listing.page(filter, await providers(), now, query.cursor, rowsPerPage)
    return { rows: orders.map((order) => ({ ...order, ...viewOrder(order) })), cursor }
  },
})

/** What was looked at: `completed orders of 2026-11-22 at provider 7`. */
const inWords = ({ state, day, provider }: OrderFilter, today: string): string =>
  [
    ...(state ? [state] : []),
    'orders',
    ...(day || !state ? ['of', day ?? today] : []),
    ...(provider ? ['at provider', provider] : []),
  ].join(' ')

export const handler = serve(listOrders)
