import * as z from 'zod/mini'
import { anyone } from '../../data/door.ts'
import { readPolicies } from '../../data/policies.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { policyView, viewPolicy } from '../kit/policy-view.ts'
import { serve } from '../kit/serve.ts'

export const readPolicy = endpoint({
  name: 'public.read-policy',
  route: 'GET /api/policy',
  summary: 'Terms, privacy policy and cookies as they hold now, or as a former version had them, with what changed',
  who: anyone,
  query: z.object({ version: z.optional(z.string().check(z.regex(/^[1-9]\d{0,8}$/))) }),
  returns: policyView,
  refuses: ['policy-version-not-found'],
  uses: { policies: readPolicies, settings },

  async run({ query, uses, now }) {
    return viewPolicy(
      query.version === undefined
        ? await uses.policies.current(uses.settings, now)
        : await uses.policies.whole(Number(query.version)),
    )
  },
})

export const handler = serve(readPolicy)
