import type { CategoryId, ProviderId, ProviderServiceId, ServiceId, StaffId } from '../ids.ts'
import type { Rate } from '../money.ts'
import type { LinkPattern } from './link-patterns.ts'
import type { MarkUp } from './mark-up.ts'
import type { ServiceType } from './service-types.ts'

/** Where a service's effect comes from. Staff attest it; until they do, it is not sold unless the operator says so. */
export const origins = ['advertising', 'influencer', 'incentivised people', 'unattested'] as const
export type Origin = (typeof origins)[number]

/** What a service is bought as, in the provider's own words, as last heard. An import writes this whole. */
export interface ProviderService {
  readonly providerId: ProviderId
  readonly providerServiceId: ProviderServiceId
  /** The provider's own price of 1000 (or of a package), in the ledger currency. */
  readonly cost: Rate
  /** The same in the provider's own currency, where that is another. */
  readonly quoted?: Rate | undefined
  /** What the rate was last marked with, unless staff set it by hand. */
  readonly markUp?: MarkUp | undefined
  /** Its type in the provider's own word, where nobody knows that and staff said what it means. */
  readonly typeSaid?: string | undefined
  readonly name: string
  readonly category: string
  readonly min: number
  readonly max: number
  readonly refill: boolean
  readonly cancel: boolean
  readonly dripFeed: boolean
}

/** Where an order goes when the provider it was with does not take it: a service of the same type, somewhere else. */
export interface Fallback {
  readonly providerId: ProviderId
  readonly providerServiceId: ProviderServiceId
  readonly name: string
  /** Its price of 1000 (or of a package) in its provider's own currency: worth what that is worth when it is asked. */
  readonly quoted: Rate
  readonly min: number
  readonly max: number
}
export const mostFallbacks = 5

/** Why the panel itself takes a service out of sale, until its provider or staff settle it. */
export const pauseReasons = ['price-jump', 'gone', 'type-changed', 'meaning-changed', 'provider-deleted'] as const
export interface Pause {
  readonly because: (typeof pauseReasons)[number]
  readonly at: Date
  /** What it cost before its price jumped. */
  readonly cost?: Rate | undefined
}

/** What follows the provider until staff set it by hand; from then on an import leaves it alone. */
export const followingFields = ['rate', 'min', 'max', 'refillDays', 'cancel', 'dripFeed'] as const
export type FollowingField = (typeof followingFields)[number]

/** A row of the catalogue: what a customer can order, and beside it what it is bought as. */
export interface Service {
  readonly serviceId: ServiceId
  readonly name: string
  readonly categoryId: CategoryId
  readonly description: string
  readonly type: ServiceType
  /** Micro-units per 1000; for a package, of one package. */
  readonly rate: Rate
  readonly min: number
  readonly max: number
  /** For how long what is lost is refilled; 0 for never. */
  readonly refillDays: number
  readonly cancel: boolean
  readonly dripFeed: boolean
  /** A link that has an open order for this service is refused another one. */
  readonly denyDuplicates: boolean
  readonly linkPattern: LinkPattern
  readonly origin: Origin
  /** Who of the staff said so, and when. */
  readonly attested?: { readonly by: StaffId; readonly at: Date } | undefined
  readonly enabled: boolean
  readonly paused?: Pause | undefined
  /** Within its category: smaller first, equals by their numbers. */
  readonly sort: number
  /** Whether it was ever on sale: what is sold again is back, not new. */
  readonly everSold: boolean
  readonly byHand: readonly FollowingField[]
  /** Counts its changes: what was read at one revision is not written over another. */
  readonly revision: number
  /** The last edit of many that reached it, and which revision it found: the same edit again is no second one. */
  readonly lastEdit?: { readonly of: string; readonly over: number } | undefined
  readonly source: ProviderService
  /** Asked one after the other when the one before refuses an order. */
  readonly fallbacks: readonly Fallback[]
}

/** A heading of the catalogue. */
export interface Category {
  readonly categoryId: CategoryId
  readonly name: string
  /** Smaller first, equals by name. */
  readonly sort: number
  /** Counts its changes, and what was put under it: one that is being filled is not deleted. */
  readonly revision: number
}
