import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { anyone } from '../../data/door.ts'
import { readPolicies } from '../../data/policies.ts'
import { endpoint } from '../kit/endpoint.ts'
import { policyVersionView } from '../kit/policy-view.ts'
import { serve } from '../kit/serve.ts'

export const listPolicies = endpoint({
  name: 'public.list-policies',
  route: 'GET /api/policy/versions',
  summary: 'Every version of the policy there was, newest first',
  who: anyone,
  returns: z.object({ rows: z.array(policyVersionView) }),
  refuses: [],
  uses: { policies: readPolicies },

  async run({ uses }) {
    const all = await uses.policies.all()
    return { rows: all.map(({ version, hash, publishedAt }) => ({ version, hash, publishedAt: iso(publishedAt) })) }
  },
})

export const handler = serve(listPolicies)
