import * as z from 'zod/mini'
import { iso } from '../../core/time.ts'
import { readFormerProviders } from '../../data/bury-providers.ts'
import { readHeldRates } from '../../data/daily-rates.ts'
import { staff } from '../../data/door.ts'
import { listPausedServices } from '../../data/paused-services.ts'
import { readBalances } from '../../data/provider-balances.ts'
import { readLines } from '../../data/provider-lines.ts'
import { readProviders, syncRulesOf } from '../../data/providers.ts'
import { settings } from '../../data/settings.ts'
import { readSyncs } from '../../data/syncs.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { lineView, viewLine } from '../kit/line-view.ts'
import { providerView, viewProvider } from '../kit/provider-view.ts'
import { serve } from '../kit/serve.ts'
import { syncView, viewSync } from '../kit/sync-view.ts'

export const listProviders = endpoint({
  name: 'admin.list-providers',
  route: 'GET /api/admin/providers',
  summary: 'The upstream providers with their balances, without their keys; and the names of those that were deleted',
  who: staff('admin.list-providers'),
  returns: z.object({
    /** `paused`: services of it that wait for a person. */
    rows: z.array(z.extend(providerView, { paused: z.int(), sync: syncView, line: lineView })),
    former: z.array(z.object({ providerId: z.string(), name: z.string(), deletedAt: moment })),
  }),
  refuses: [],
  uses: {
    providers: readProviders,
    balances: readBalances,
    former: readFormerProviders,
    paused: listPausedServices,
    syncs: readSyncs,
    lines: readLines,
    held: readHeldRates,
    settings,
  },

  async run({ uses, now }) {
    const [providers, balances, former, syncs, lines, held] = await Promise.all([
      uses.providers.all(),
      uses.balances.all(),
      uses.former.all(),
      uses.syncs.all(),
      uses.lines.all(now),
      uses.held.all(),
    ])
    const paused = await Promise.all(providers.map(({ providerId }) => uses.paused.count(providerId)))
    return {
      rows: providers.map((provider, index) => ({
        ...viewProvider(provider, balances.get(provider.providerId), held.get(provider.providerId), uses.settings.currency, now),
        paused: paused[index] ?? 0,
        sync: viewSync(provider, syncRulesOf(provider), syncs.get(provider.providerId)),
        line: viewLine(lines.get(provider.providerId)),
      })),
      former: former.map((one) => ({ ...one, deletedAt: iso(one.deletedAt) })),
    }
  },
})

export const handler = serve(listProviders)
