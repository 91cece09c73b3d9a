import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { readProviders, setProviderStatus as statusOfProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setProviderStatus = endpoint({
  name: 'admin.set-provider-status',
  route: 'PUT /api/admin/providers/{providerId}/status',
  summary: 'Pause a provider, or let it go on: its parked orders are tried again within minutes',
  who: staff('admin.set-provider-status'),
  body: z.object({ status: z.enum(['active', 'paused']), memo }),
  returns: done,
  refuses: ['provider-not-found', 'provider-changed'],
  uses: { providers: readProviders, setting: statusOfProviders },

  async run({ caller, path, body, uses, now }) {
    const { providerId: id, status } = await uses.providers.get(providerId(path.providerId))
    const audit = {
      by: caller.staffId,
      action: 'admin.set-provider-status',
      on: `provider ${id}`,
      why: body.memo,
      before: { status },
      after: { status: body.status },
    }
    await uses.setting.setStatus(id, body.status, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(setProviderStatus)
