import type { ServiceType } from '../catalogue/service-types.ts'
import type { Attempt, CustomerId, OrderId, ProviderId, ProviderOrderId, ProviderServiceId, ServiceId, StaffId } from '../ids.ts'
import type { Money } from '../money.ts'
import type { History } from './history.ts'
import type { Feed, RunOf } from './runs.ts'
import type { OrderState } from './states.ts'

/** An order as the table keeps it, without its payload (comments, long links). */
export interface Order {
  readonly orderId: OrderId
  readonly customerId: CustomerId
  readonly serviceId: ServiceId
  readonly type: ServiceType
  /** Undefined when it is long and lies in the payload. */
  readonly link?: string | undefined
  readonly hasPayload: boolean
  readonly quantity: number
  /** What was paid. */
  readonly charge: Money
  /** What went back of it. */
  readonly refunded: Money
  readonly state: OrderState
  /** For so many days after its completion it is refilled: what was promised when it was placed. */
  readonly refillDays?: number | undefined
  readonly acceptedAt: Date
  readonly changedAt: Date
  readonly providerId: ProviderId
  readonly providerServiceId: ProviderServiceId
  readonly providerOrderId?: ProviderOrderId | undefined
  readonly startCount?: number | undefined
  /** As last heard and written; between 0 and the quantity. */
  readonly remains?: number | undefined
  /** Which providers' services it was tried with before, by their marks. */
  readonly tried: readonly string[]
  /** Who of the staff delivers it, where no provider does. */
  readonly inHandOf?: StaffId | undefined
  readonly attempt?: Attempt | undefined
  readonly leaseUntil?: Date | undefined
  /** Why it is parked, unknown or refused, or why staff should look: a code, never a provider's own text. */
  readonly reason?: OrderReason | undefined
  /** The provider's own words where it hangs on them: text for staff alone, never for customers. */
  readonly said?: string | undefined
  /** What its provider was last heard to say, in short, while it is asked about. */
  readonly heard?: string | undefined
  /** Staff had it sent again though its outcome was unknown: what an answer says may be about the earlier time. */
  readonly sentAgain?: boolean | undefined
  /** How it came to stand so. Empty for an order from before histories were kept. */
  readonly history: History
  /** Delivered in so many runs, all of them counted in the quantity, with so many minutes between. */
  readonly runs?: number | undefined
  readonly interval?: number | undefined
  /** Where the panel starts the runs itself; the provider does where this is missing. */
  readonly feed?: Feed | undefined
  /** This order is a run of another one, which was paid for it. */
  readonly runOf?: RunOf | undefined
}

/** Why an order stands where it stands. */
export const orderReasons = [
  'out-of-funds',
  'link-busy',
  'key-refused',
  'provider-misconfigured',
  'provider-paused',
  'provider-failing',
  'provider-refused',
  'refused-again',
  'failed-over',
  'no-answer',
  'answer-unclear',
  'error-unclassified',
  'worker-lost',
  'status-unknown',
  'not-found-at-provider',
  'partial-without-remains',
  'canceled-without-remains',
  'service-not-sold',
  'account-suspended',
  'target-blocked',
] as const
export type OrderReason = (typeof orderReasons)[number]

/** Where an order was before it is where it is, and why it did not stay. */
export interface Tried {
  readonly providerId: ProviderId
  readonly providerServiceId: ProviderServiceId
  readonly at: Date
  readonly reason: OrderReason
  readonly said?: string | undefined
}

/** What is too long for an order's own item. */
export interface OrderPayload {
  readonly link?: string | undefined
  readonly comments?: string | undefined
}
