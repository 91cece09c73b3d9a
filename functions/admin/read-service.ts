import { serviceId, shortInteger } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { readServices } from '../../data/services.ts'
import { settings } from '../../data/settings.ts'
import { readMeasured } from '../../outside/snapshots/measured.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { staffServiceView, viewStaffService } from '../kit/service-views.ts'

export const readService = endpoint({
  name: 'admin.read-service',
  route: 'GET /api/admin/services/{serviceId}',
  summary: 'One service, with what it is bought as and who attested where its effect comes from',
  who: staff('admin.read-service'),
  returns: staffServiceView,
  refuses: ['service-not-found'],
  uses: { services: readServices, measured: readMeasured, settings },

  async run({ path, uses }) {
    const number = shortInteger(path.serviceId)
    const service = number === undefined ? undefined : await uses.services.get(serviceId(number))
    if (!service) throw new Refusal('service-not-found')
    const figures = await uses.measured.figures()
    return viewStaffService(service, uses.settings, figures.services.get(service.serviceId))
  },
})

export const handler = serve(readService)
