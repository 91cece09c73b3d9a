import * as z from 'zod/mini'
import { serviceId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { browseServices } from '../../data/services.ts'
import { settings } from '../../data/settings.ts'
import { readMeasured } from '../../outside/snapshots/measured.ts'
import { endpoint } from '../kit/endpoint.ts'
import { cursor } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { staffServiceRow, viewServiceRow } from '../kit/service-views.ts'
import { page } from '../kit/views.ts'

/** Eight calls for 8,000, each well below what a function may answer. */
const pageSize = 1_000

export const listServices = endpoint({
  name: 'admin.list-services',
  route: 'GET /api/admin/services',
  summary: 'Every service by its number, sold or not, with what it costs and what keeps it from being sold',
  who: staff('admin.list-services'),
  query: z.object({ cursor }),
  returns: page(staffServiceRow),
  refuses: [],
  uses: { services: browseServices, measured: readMeasured, settings },

  async run({ query, uses }) {
    const after = query.cursor === undefined ? undefined : shortInteger(query.cursor)
    if (query.cursor !== undefined && after === undefined) throw new Refusal('invalid-request', { field: 'cursor' })
    const { services, isLast } = await uses.services.page(after === undefined ? undefined : serviceId(after), pageSize)
    const last = services.at(-1)
    const figures = await uses.measured.figures()
    return {
      rows: services.map((service) => viewServiceRow(service, uses.settings, figures.services.get(service.serviceId))),
      ...(isLast || !last ? {} : { cursor: String(last.serviceId) }),
    }
  },
})

export const handler = serve(listServices)
