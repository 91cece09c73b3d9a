import * as z from 'zod/mini'
import { nextBinding } from '../../core/policy/binding.ts'
import { iso } from '../../core/time.ts'
import { readAcceptances } from '../../data/acceptances.ts'
import { policyBindings } from '../../data/bindings.ts'
import { customerEven } from '../../data/door.ts'
import { readPolicies } from '../../data/policies.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const readAcceptance = endpoint({
  name: 'customer.read-acceptance',
  route: 'GET /api/me/policy',
  summary: 'Which versions of the policy were accepted and when, which one holds, and whether it has to be accepted',
  who: customerEven('suspended'),
  returns: z.object({
    accepted: z.array(z.object({ version: z.int(), at: moment })),
    version: z.int(),
    publishedAt: moment,
    /** The headings of what changed with it. */
    changes: z.array(z.string()),
    /** From when on nothing is ordered without accepting; missing where nothing has to be accepted. */
    bindsFrom: z.optional(moment),
  }),
  refuses: [],
  uses: { acceptances: readAcceptances, policies: readPolicies, bindings: policyBindings, settings },

  async run({ caller, uses, now }) {
    const [accepted, current, bindings] = await Promise.all([
      uses.acceptances.of(caller.customerId),
      uses.policies.current(uses.settings, now),
      uses.bindings.all(),
    ])
    const binding = nextBinding(bindings, accepted[0]?.version ?? 0)
    return {
      accepted: accepted.map(({ version, at }) => ({ version, at: iso(at) })),
      version: current.version,
      publishedAt: iso(current.publishedAt),
      changes: current.changes.map(({ heading }) => heading),
      bindsFrom: binding && iso(binding.from),
    }
  },
})

export const handler = serve(readAcceptance)
