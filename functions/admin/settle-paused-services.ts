import * as z from 'zod/mini'
import { providerId, serviceId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { mostSettled, settlePausedServices as settlePaused } from '../../data/paused-services.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const settlePausedServices = endpoint({
  name: 'admin.settle-paused-services',
  route: 'POST /api/admin/providers/{providerId}/paused-services',
  summary: 'Put paused services back on sale at their present price, or leave them out of it',
  who: staff('admin.settle-paused-services'),
  body: z.object({
    serviceIds: z.array(z.int().check(z.positive())).check(z.minLength(1), z.maxLength(mostSettled)),
    verdict: z.enum(['sell', 'disable']),
    memo,
  }),
  returns: z.object({ settled: z.int() }),
  refuses: [],
  uses: { services: settlePaused },

  async run({ caller, path, body, uses, now }) {
    const id = providerId(path.providerId)
    const ids = [...new Set(body.serviceIds)].map(serviceId)
    const audit = {
      by: caller.staffId,
      action: 'admin.settle-paused-services',
      on: `provider ${id}`,
      why: body.memo,
      after: { verdict: body.verdict, services: ids.join(' ') },
    }
    return { settled: await uses.services.settle(id, ids, body.verdict, audit, now) }
  },
})

export const handler = serve(settlePausedServices)
