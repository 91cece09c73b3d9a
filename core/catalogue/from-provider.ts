import type { CategoryId, ProviderId, ServiceId } from '../ids.ts'
import type { OfferedService } from '../protocol/provider-services.ts'
import { type MarkUp, marked } from './mark-up.ts'
import type { FollowingField, ProviderService, Service } from './service.ts'

/** For how long a refill is promised where a provider offers one and does not say: what is usual. */
export const usualRefillDays = 30

/** The provider's side of a service, as it is offered. */
export const asOffered = (providerId: ProviderId, offered: OfferedService): ProviderService => ({
  providerId,
  providerServiceId: offered.providerServiceId,
  cost: offered.rate,
  name: offered.name,
  category: offered.category,
  min: offered.min,
  max: offered.max,
  refill: offered.refill,
  cancel: offered.cancel,
  dripFeed: offered.dripFeed,
})

/** A service that is new to our catalogue. */
export const takenOver = (
  offered: OfferedService,
  as: { readonly serviceId: ServiceId; readonly providerId: ProviderId; readonly categoryId: CategoryId },
  markUp: MarkUp,
  attest: Pick<Service, 'origin' | 'attested'>,
): Service => ({
  serviceId: as.serviceId,
  name: offered.name,
  categoryId: as.categoryId,
  description: offered.description,
  type: offered.type,
  ...following(offered, markUp),
  denyDuplicates: false,
  linkPattern: 'any',
  ...attest,
  enabled: true,
  sort: 0,
  everSold: false,
  byHand: [],
  revision: 0,
  source: asOffered(as.providerId, offered),
})

/**
 * The provider's side brought up to date. What staff set by hand stays, but for bounds that the provider no longer keeps
 * to: an order outside of them would come back. What has become something else upstream is taken out of sale: sold as it
 * was, its price would mean another thing.
 */
export function refreshed(service: Service, offered: OfferedService, markUp: MarkUp): Service {
  if (offered.type !== service.type) return { ...service, enabled: false }
  const follows = following(offered, markUp)
  const by = (field: FollowingField): boolean => service.byHand.includes(field)
  const min = by('min') ? Math.max(service.min, offered.min) : follows.min
  const max = by('max') ? Math.min(service.max, offered.max) : follows.max
  return {
    ...service,
    rate: by('rate') ? service.rate : follows.rate,
    // Bounds by hand that no longer meet the provider's give way to them.
    ...(min <= max ? { min, max } : { min: follows.min, max: follows.max }),
    refillDays: by('refillDays') ? service.refillDays : follows.refillDays,
    cancel: by('cancel') ? service.cancel : follows.cancel,
    dripFeed: by('dripFeed') ? service.dripFeed : follows.dripFeed,
    source: asOffered(service.source.providerId, offered),
  }
}

const following = (offered: OfferedService, markUp: MarkUp): Pick<Service, FollowingField> => ({
  rate: marked(offered.rate, markUp),
  min: offered.min,
  max: offered.max,
  refillDays: offered.refill ? usualRefillDays : 0,
  cancel: offered.cancel,
  dripFeed: offered.dripFeed,
})
