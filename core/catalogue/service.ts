import type { ProviderId, ProviderServiceId, ServiceId } from '../ids.ts'
import type { Rate } from '../money.ts'
import type { ServiceType } from './service-types.ts'

/** What a service is bought as, upstream. */
export interface ProviderService {
  readonly providerId: ProviderId
  readonly providerServiceId: ProviderServiceId
  /** The provider's own price of 1000 (or of a package), in the ledger currency. */
  readonly cost: Rate
}

/** A row of the catalogue: what a customer can order. */
export interface Service {
  readonly serviceId: ServiceId
  readonly name: string
  readonly category: string
  readonly type: ServiceType
  /** Micro-units per 1000; for a package, of one package. */
  readonly rate: Rate
  readonly min: number
  readonly max: number
  readonly refill: boolean
  readonly cancel: boolean
  readonly dripFeed: boolean
  readonly description: string
  readonly enabled: boolean
  readonly source: ProviderService
}
