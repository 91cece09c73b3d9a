import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { acceptPolicies } from '../../data/acceptances.ts'
import { customer } from '../../data/door.ts'
import { readPolicies } from '../../data/policies.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

/** P-RT-4: the version and the time are on record, for good. */
export const acceptPolicy = endpoint({
  name: 'customer.accept-policy',
  route: 'POST /api/me/policy',
  summary: 'Accept the version of the policy that holds now',
  who: customer,
  body: z.object({ version: z.int() }),
  returns: done,
  refuses: ['terms-outdated'],
  uses: { acceptances: acceptPolicies, policies: readPolicies, settings },

  async run({ caller, body, uses, now }) {
    const { version } = await uses.policies.current(uses.settings, now)
    if (body.version !== version) throw new Refusal('terms-outdated', { current: version })
    await uses.acceptances.accept(caller.customerId, { version, at: now })
    return { done: true as const }
  },
})

export const handler = serve(acceptPolicy)
