import { serviceId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { readProviders } from '../../data/providers.ts'
import { readServices } from '../../data/services.ts'
import { endpoint } from '../kit/endpoint.ts'
import { fallbacksView, viewFallbacks } from '../kit/fallback-views.ts'
import { serve } from '../kit/serve.ts'

export const listFallbacks = endpoint({
  name: 'admin.list-fallbacks',
  route: 'GET /api/admin/services/{serviceId}/fallbacks',
  summary: 'Where orders of a service go, one after the other, when its provider refuses them; with what each costs now',
  who: staff('admin.list-fallbacks'),
  returns: fallbacksView,
  refuses: ['service-not-found'],
  uses: { services: readServices, providers: readProviders },

  async run({ path, uses }) {
    const number = shortInteger(path.serviceId)
    const service = number === undefined ? undefined : await uses.services.get(serviceId(number))
    if (!service) throw new Refusal('service-not-found')
    return viewFallbacks(service, await uses.providers.all())
  },
})

export const handler = serve(listFallbacks)
