import * as z from 'zod/mini'
import { pauseReasons } from '../../core/catalogue/service.ts'
import { providerId } from '../../core/ids.ts'
import { formatMoney } from '../../core/money.ts'
import { iso } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { listPausedServices as pausedServices } from '../../data/paused-services.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount, cursor, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { page } from '../kit/views.ts'

export const listPausedServices = endpoint({
  name: 'admin.list-paused-services',
  route: 'GET /api/admin/providers/{providerId}/paused-services',
  summary: 'Services of a provider that the panel took out of sale by itself, with the reason: for a person to decide',
  who: staff('admin.list-paused-services'),
  query: z.object({ cursor }),
  returns: page(
    z.object({
      serviceId: z.int(),
      name: z.string(),
      /** As its provider calls it now. */
      called: z.string(),
      providerServiceId: z.string(),
      because: z.enum(pauseReasons),
      at: moment,
      /** What it cost before its price jumped, costs now, and would be sold for. */
      was: z.optional(amount),
      cost: amount,
      rate: amount,
    }),
  ),
  refuses: [],
  uses: { services: pausedServices },

  async run({ path, query, uses }) {
    const { services, cursor } = await uses.services.page(providerId(path.providerId), query.cursor, 100)
    const rows = services.flatMap(({ serviceId, name, rate, source, paused }) =>
      paused
        ? [
            {
              serviceId,
              name,
              called: source.name,
              providerServiceId: source.providerServiceId,
              because: paused.because,
              at: iso(paused.at),
              ...(paused.cost === undefined ? {} : { was: formatMoney(paused.cost) }),
              cost: formatMoney(source.cost),
              rate: formatMoney(rate),
            },
          ]
        : [],
    )
    return { rows, ...(cursor === undefined ? {} : { cursor }) }
  },
})

export const handler = serve(listPausedServices)
