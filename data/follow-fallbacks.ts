import { withFallbacksOf } from '../core/catalogue/fallbacks.ts'
import type { ProviderId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import type { OfferedRow } from '../core/protocol/provider-services.ts'
import { eachService, replacing } from './services.ts'
import { transact } from './transact.ts'

interface FollowFallbacks {
  /**
   * Brings the prices and bounds of all fallbacks at this provider up to what it offers. It reads every service. One that
   * somebody changes at that moment is left for the next time.
   */
  follow(provider: ProviderId, offered: readonly OfferedRow[]): Promise<void>
}

export const followFallbacks = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['CATALOGUE'] },
    { on: 'table', actions: ['PutItem'], keys: ['CATALOGUE'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async follow(provider, offered) {
      const rows = new Map(offered.map((row) => [row.providerServiceId, row]))
      for await (const service of eachService()) {
        const next = withFallbacksOf(service, provider, rows)
        if (next) await transact({ service: { Put: replacing(service, next) } })
      }
    },
  }),
} satisfies Need<FollowFallbacks>
