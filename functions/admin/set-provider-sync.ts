import * as z from 'zod/mini'
import { providerId } from '../../core/ids.ts'
import { type SyncRules, syncIntervals } from '../../core/providers/sync.ts'
import { staff } from '../../data/door.ts'
import { readProviders, setSyncRules, syncRulesOf } from '../../data/providers.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setProviderSync = endpoint({
  name: 'admin.set-provider-sync',
  route: 'PUT /api/admin/providers/{providerId}/sync',
  summary: 'How often a provider’s prices are asked for, and by how much a cost may move at once before a person looks at it',
  who: staff('admin.set-provider-sync'),
  body: z.object({
    /** In hours; 0 for never. */
    everyHours: z.union(syncIntervals.map((hours) => z.literal(hours))),
    /** In per cent, upwards and downwards. */
    jumpUp: z.int().check(z.minimum(1), z.maximum(1_000)),
    jumpDown: z.int().check(z.minimum(1), z.maximum(99)),
    memo,
  }),
  returns: done,
  refuses: ['provider-not-found', 'provider-changed'],
  uses: { providers: readProviders, rules: setSyncRules },

  async run({ caller, path, body, uses, now }) {
    const seen = await uses.providers.get(providerId(path.providerId))
    const rules = { everyHours: body.everyHours, jump: { up: body.jumpUp, down: body.jumpDown } }
    const audit = {
      by: caller.staffId,
      action: 'admin.set-provider-sync',
      on: `provider ${seen.providerId}`,
      why: body.memo,
      before: factsOf(syncRulesOf(seen)),
      after: factsOf(rules),
    }
    await uses.rules.set(seen, rules, audit, now)
    return { done: true as const }
  },
})

const factsOf = ({ everyHours, jump }: SyncRules) => ({ everyHours, jumpUp: jump.up, jumpDown: jump.down })

export const handler = serve(setProviderSync)
