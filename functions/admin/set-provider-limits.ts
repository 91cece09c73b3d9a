import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { type CallLimits, mostAtOnce, mostPerMinute } from '../../core/providers/limits.ts'
import { staff } from '../../data/door.ts'
import { limitProviders, readProviders } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setProviderLimits = endpoint({
  name: 'admin.set-provider-limits',
  route: 'PUT /api/admin/providers/{providerId}/limits',
  summary: 'Say how many calls a provider gets at once (one: it is served one call after the other), and in a minute',
  who: staff('admin.set-provider-limits'),
  body: z.object({
    atOnce: z.int().check(z.minimum(1), z.maximum(mostAtOnce)),
    /** Without it, as many as there are. */
    perMinute: z.optional(z.int().check(z.minimum(1), z.maximum(mostPerMinute))),
    memo,
  }),
  returns: done,
  refuses: ['provider-not-found', 'provider-changed'],
  uses: { providers: readProviders, limiting: limitProviders },

  async run({ caller, path, body, uses, now }) {
    const seen = await uses.providers.get(providerId(path.providerId))
    const wanted = { atOnce: body.atOnce, perMinute: body.perMinute }
    const audit = {
      by: caller.staffId,
      action: 'admin.set-provider-limits',
      on: `provider ${seen.providerId}`,
      why: body.memo,
      before: factsOf(seen),
      after: factsOf(wanted),
    }
    await uses.limiting.limit(seen.providerId, wanted, audit, now)
    return { done: true as const }
  },
})

const factsOf = ({ atOnce, perMinute }: CallLimits) => ({ atOnce, ...(perMinute === undefined ? {} : { perMinute }) })

export const handler = serve(setProviderLimits)
