import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { trustProviders } from '../../data/provider-lines.ts'
import { readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const trustProvider = endpoint({
  name: 'admin.trust-provider',
  route: 'POST /api/admin/providers/{providerId}/trust',
  summary: 'Send orders again to a provider that was failing; what waited for it follows within a minute',
  who: staff('admin.trust-provider'),
  body: z.object({ memo }),
  returns: done,
  refuses: ['provider-not-found', 'provider-changed'],
  uses: { providers: readProviders, trusting: trustProviders },

  async run({ caller, path, body, uses, now }) {
    const { providerId: id } = await uses.providers.get(providerId(path.providerId))
    const audit = { by: caller.staffId, action: 'admin.trust-provider', on: `provider ${id}`, why: body.memo }
    await uses.trusting.trust(id, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(trustProvider)
