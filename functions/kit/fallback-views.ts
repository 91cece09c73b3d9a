import * as z from 'zod/mini'
import { type Exchange, inLedger } from '../../core/catalogue/exchange.ts'
import type { Service } from '../../core/catalogue/service.ts'
import type { ProviderId } from '../../core/ids.ts'
import { formatMoney } from '../../core/money.ts'
import { amount } from './fields.ts'

export const fallbacksView = z.object({
  /** Of the service: what was seen at one is not written over another. */
  revision: z.int(),
  rate: amount,
  /** In the order in which they are asked. */
  rows: z.array(
    z.object({
      providerId: z.string(),
      providerServiceId: z.string(),
      name: z.string(),
      /** Its price in its provider's currency, and what that is in ours at the rate of now; of a provider that is gone, nobody knows. */
      quoted: amount,
      cost: z.optional(amount),
      min: z.int(),
      max: z.int(),
      status: z.enum(['active', 'paused', 'closing', 'gone']),
      /** At today's prices it takes no more than a customer pays: otherwise no order goes there. */
      affordable: z.boolean(),
    }),
  ),
})

interface Seen {
  readonly providerId: ProviderId
  readonly exchange: Exchange
  readonly status: 'active' | 'paused' | 'closing'
}

export function viewFallbacks(service: Service, providers: readonly Seen[]): z.input<typeof fallbacksView> {
  const known = new Map(providers.map((provider) => [provider.providerId, provider]))
  return {
    revision: service.revision,
    rate: formatMoney(service.rate),
    rows: service.fallbacks.map((fallback) => {
      const provider = known.get(fallback.providerId)
      const cost = provider && inLedger(fallback.quoted, provider.exchange)
      return {
        ...fallback,
        quoted: formatMoney(fallback.quoted),
        ...(cost === undefined ? {} : { cost: formatMoney(cost) }),
        status: provider?.status ?? 'gone',
        affordable: cost !== undefined && cost <= service.rate,
      }
    }),
  }
}
