import type { CategoryId, ProviderId, ServiceId } from '../ids.ts'
import type { Rate } from '../money.ts'
import type { OfferedRow, OfferedService } from '../protocol/provider-services.ts'
import { type Exchange, inLedger, parity } from './exchange.ts'
import { type MarkUp, marked } from './mark-up.ts'
import type { FollowingField, Pause, ProviderService, Service } from './service.ts'

/** For how long a refill is promised where a provider offers one and does not say: what is usual. */
export const usualRefillDays = 30

/** By how many per cent a cost may move at once before a person looks at it. */
export interface Jump {
  readonly up: number
  readonly down: number
}
export const usualJump: Jump = { up: 50, down: 50 }

/** At what a provider's offers are taken over: what its currency is worth, and what is put on top. */
export interface Terms {
  readonly exchange: Exchange
  readonly markUp: MarkUp
  readonly jump?: Jump | undefined
}

/** The same for a service we have: without a mark-up its price stays what it is. */
export interface Refresh extends Omit<Terms, 'markUp'> {
  readonly markUp: MarkUp | undefined
}

/** The provider's side of a service, as it is offered. */
const asOffered = (providerId: ProviderId, offered: OfferedService, { exchange, markUp }: Refresh): ProviderService => ({
  providerId,
  providerServiceId: offered.providerServiceId,
  cost: inLedger(offered.rate, exchange),
  quoted: exchange === parity ? undefined : offered.rate,
  markUp,
  typeSaid: offered.typeSaid,
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
  terms: Terms,
  attest: Pick<Service, 'origin' | 'attested'>,
): Service => ({
  serviceId: as.serviceId,
  name: offered.name,
  categoryId: as.categoryId,
  description: offered.description,
  type: offered.type,
  rate: marked(inLedger(offered.rate, terms.exchange), terms.markUp),
  ...following(offered),
  denyDuplicates: false,
  linkPattern: 'any',
  ...attest,
  enabled: true,
  sort: 0,
  everSold: false,
  byHand: [],
  revision: 0,
  source: asOffered(as.providerId, offered, terms),
  fallbacks: [],
})

/**
 * The provider's side brought up to date. What staff set by hand stays, but for bounds that the provider no longer keeps
 * to: an order outside of them would come back. What has become something else upstream is taken out of sale: sold as it
 * was, its price would mean another thing.
 */
export function refreshed(service: Service, row: OfferedRow, terms: Refresh, now: Date): Service {
  const offered = typedAs(row, service)
  if (offered?.type !== service.type) return paused(service, { because: 'type-changed', at: now })
  const follows = following(offered)
  const by = (field: FollowingField): boolean => service.byHand.includes(field)
  const min = by('min') ? Math.max(service.min, offered.min) : follows.min
  const max = by('max') ? Math.min(service.max, offered.max) : follows.max
  const { exchange, markUp } = terms
  const next = {
    ...service,
    rate: by('rate') || !markUp ? service.rate : marked(inLedger(offered.rate, exchange), markUp),
    // Bounds by hand that no longer meet the provider's give way to them.
    ...(min <= max ? { min, max } : { min: follows.min, max: follows.max }),
    refillDays: by('refillDays') ? service.refillDays : follows.refillDays,
    cancel: by('cancel') ? service.cancel : follows.cancel,
    dripFeed: by('dripFeed') ? service.dripFeed : follows.dripFeed,
    source: asOffered(service.source.providerId, offered, terms),
  }
  return judged(service, next, now, ['gone', 'type-changed', 'price-jump'], terms.jump)
}

/** A type that nobody knows, and that staff once said the meaning of, means the same as long as it is spelt the same. */
function typedAs(row: OfferedRow, { type, source }: Service): OfferedService | undefined {
  if (row.type !== undefined) return { ...row, type: row.type }
  return source.typeSaid === row.typeSaid ? { ...row, type } : undefined
}

/** The same offer in another exchange rate. */
export function recosted(service: Service, exchange: Exchange, now: Date, jump?: Jump): Service {
  const { source } = service
  const quoted = source.quoted ?? source.cost
  const cost = inLedger(quoted, exchange)
  const follows = source.markUp && !service.byHand.includes('rate')
  return judged(
    service,
    {
      ...service,
      rate: follows ? marked(cost, source.markUp) : service.rate,
      source: { ...source, cost, quoted: exchange === parity ? undefined : quoted },
    },
    now,
    ['price-jump'],
    jump,
  )
}

/** What its provider no longer offers. What a person must judge anyway stays before that person: back again, it would be sold. */
export const gone = (service: Service, now: Date): Service =>
  service.paused && toBeJudged.includes(service.paused.because) ? service : paused(service, { because: 'gone', at: now })
const toBeJudged: readonly Pause['because'][] = ['type-changed', 'meaning-changed', 'provider-deleted']

/** What has no provider any more. */
export const orphaned = (service: Service, now: Date): Service =>
  service.paused?.because === 'provider-deleted' ? service : { ...service, paused: { because: 'provider-deleted', at: now } }

/**
 * A cost that grew or fell by more than that at once is looked at by a person before anything is sold at it: one slipped
 * point would sell a whole catalogue for next to nothing.
 */
const jumped = (from: Rate, to: Rate, { up, down }: Jump): boolean =>
  to * 100n > from * BigInt(100 + up) || to * 100n < from * BigInt(100 - down)

/**
 * Out of sale where it became another thing or its price jumped; back in sale where the reason is one of those that are
 * over by now.
 */
function judged(before: Service, next: Service, now: Date, over: readonly Pause['because'][], jump = usualJump): Service {
  const standing = before.paused
  if (standing && !over.includes(standing.because)) return next
  const was = standing?.cost ?? before.source.cost
  if (jumped(was, next.source.cost, jump)) return paused(next, { because: 'price-jump', at: now, cost: was })
  const had = before.source
  // Without a category, it was typed in by hand and not heard of yet.
  if (had.category !== '' && had.name !== next.source.name && had.category !== next.source.category)
    return paused(next, { because: 'meaning-changed', at: now })
  return { ...next, paused: undefined }
}

/** The first reason stays, with its time, and the cost from before a jump: what came after it does not make it younger. */
function paused(service: Service, pause: Pause): Service {
  const standing = service.paused
  if (standing?.because === pause.because) return service
  const cost = pause.cost ?? standing?.cost
  return { ...service, paused: { ...pause, ...(cost === undefined ? {} : { cost }) } }
}

const following = (offered: OfferedService): Omit<Pick<Service, FollowingField>, 'rate'> => ({
  min: offered.min,
  max: offered.max,
  refillDays: offered.refill ? usualRefillDays : 0,
  cancel: offered.cancel,
  dripFeed: offered.dripFeed,
})
