import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { countAcceptances } from '../../data/acceptances.ts'
import { policyBindings } from '../../data/bindings.ts'
import { staff } from '../../data/door.ts'
import { listMailings } from '../../data/mailings.ts'
import { readPolicies } from '../../data/policies.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { mailingView, viewMailing } from '../kit/mailing-view.ts'
import { policyVersionView } from '../kit/policy-view.ts'
import { serve } from '../kit/serve.ts'

export const listPoliciesForStaff = endpoint({
  name: 'admin.list-policies',
  route: 'GET /api/admin/policies',
  summary: 'The versions of the policy, how many accepted each day by day, who was told, and which are binding',
  who: staff('admin.list-policies'),
  returns: z.object({
    rows: z.array(
      z.extend(policyVersionView, {
        bindsFrom: z.optional(moment),
        accepted: z.array(z.object({ day: z.string(), times: z.int() })),
        mailings: z.array(mailingView),
      }),
    ),
  }),
  refuses: [],
  uses: { policies: readPolicies, acceptances: countAcceptances, bindings: policyBindings, mailings: listMailings },

  async run({ uses, now }) {
    const [versions, bindings, mailings] = await Promise.all([uses.policies.all(), uses.bindings.all(), uses.mailings.all(now)])
    return {
      rows: await Promise.all(
        versions.map(async ({ version, hash, publishedAt }) => {
          const from = bindings.find((binding) => binding.version === version)?.from
          return {
            version,
            hash,
            publishedAt: iso(publishedAt),
            bindsFrom: from && iso(from),
            accepted: await uses.acceptances.byDay(version),
            mailings: mailings.filter(({ subject }) => 'version' in subject && subject.version === version).map(viewMailing),
          }
        }),
      ),
    }
  },
})

export const handler = serve(listPoliciesForStaff)
