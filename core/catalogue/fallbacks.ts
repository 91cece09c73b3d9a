import type { ProviderId, ProviderServiceId } from '../ids.ts'
import type { OfferedRow } from '../protocol/provider-services.ts'
import type { Fallback, Service } from './service.ts'

/**
 * A service with what this provider offers now of its fallbacks; undefined where nothing of that has changed. What is no
 * longer offered stays as it was: an order that goes there is refused, and goes on. What has become another type is none.
 */
export function withFallbacksOf(
  service: Service,
  provider: ProviderId,
  offered: ReadonlyMap<ProviderServiceId, OfferedRow>,
): Service | undefined {
  const fallbacks = service.fallbacks.flatMap((one) => {
    const row = one.providerId === provider ? offered.get(one.providerServiceId) : undefined
    if (!row) return [one]
    // Of another type its price means another thing, and so would the order.
    if (row.type !== undefined && row.type !== service.type) return []
    return [differs(one, row) ? { ...one, quoted: row.rate, min: row.min, max: row.max } : one]
  })
  const isSame = fallbacks.length === service.fallbacks.length && fallbacks.every((one, at) => one === service.fallbacks[at])
  return isSame ? undefined : { ...service, fallbacks }
}

const differs = (one: Fallback, row: OfferedRow): boolean => one.quoted !== row.rate || one.min !== row.min || one.max !== row.max
