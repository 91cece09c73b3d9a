import type { CategoryId, ServiceId, StaffId } from '../ids.ts'
import { formatMoney, type Rate, rate } from '../money.ts'
import type { Facts } from '../staff/audit.ts'
import { type SellingRules, whyNotSold } from './is-sold.ts'
import type { LinkPattern } from './link-patterns.ts'
import { sellsReviews } from './refused.ts'
import { type FollowingField, followingFields, type Origin, type Service } from './service.ts'
import { serviceTypeRule } from './service-types.ts'

/** How a rate is changed. Every result is rounded up to a multiple of `step`. */
export type RateChange = { readonly step: bigint } & (
  | { readonly how: 'set'; readonly to: Rate }
  /** Of the rate there is; hundredths of a per cent, down to −9999. */
  | { readonly how: 'percent'; readonly basisPoints: number }
  | { readonly how: 'add'; readonly amount: bigint }
  /** Over the provider's price. */
  | { readonly how: 'mark-up'; readonly basisPoints: number; readonly fixed: Rate }
)

/** What staff want changed of a service. What is not named stays. */
export interface ServiceChange {
  readonly name?: string | undefined
  readonly description?: string | undefined
  readonly categoryId?: CategoryId | undefined
  readonly rate?: RateChange | undefined
  readonly min?: number | undefined
  readonly max?: number | undefined
  readonly refillDays?: number | undefined
  readonly cancel?: boolean | undefined
  readonly dripFeed?: boolean | undefined
  readonly denyDuplicates?: boolean | undefined
  readonly linkPattern?: LinkPattern | undefined
  readonly origin?: Origin | undefined
  readonly enabled?: boolean | undefined
  readonly sort?: number | undefined
  /** Fields that are no longer set by hand: the next import brings them up to date. */
  readonly follow?: readonly FollowingField[] | undefined
}

/** Why a service is left as it is. */
export const changeProblems = ['rate-not-a-price', 'rate-too-high', 'below-cost', 'bounds-crossed', 'sells-reviews'] as const
export type ChangeProblem = (typeof changeProblems)[number]

/** What staff should know of a change that is made all the same. */
export const changeWarnings = [
  'bounds-wider-than-provider',
  'provider-does-not-refill',
  'provider-does-not-cancel',
  'provider-does-not-drip-feed',
  'stays-unsold',
] as const
export type ChangeWarning = (typeof changeWarnings)[number]

/** The highest price of 1000 there is: a million, in whole units of the currency. */
const highest = 1_000_000_000_000n

/** What staff see of a service, in the order they see it. */
const facts = {
  name: ({ name }) => name,
  description: ({ description }) => description,
  categoryId: ({ categoryId }) => categoryId,
  rate: (service) => formatMoney(service.rate),
  min: ({ min }) => min,
  max: ({ max }) => max,
  refillDays: ({ refillDays }) => refillDays,
  cancel: ({ cancel }) => cancel,
  dripFeed: ({ dripFeed }) => dripFeed,
  denyDuplicates: ({ denyDuplicates }) => denyDuplicates,
  linkPattern: ({ linkPattern }) => linkPattern,
  origin: ({ origin }) => origin,
  enabled: ({ enabled }) => enabled,
  sort: ({ sort }) => sort,
  byHand: ({ byHand }) => byHand.join(' '),
} as const satisfies Record<string, (service: Service) => string | number | boolean>
type Fact = keyof typeof facts

/** A service after a change, beside how it stands. */
export interface Edited {
  readonly seen: Service
  readonly next: Service
  /** Those facts that differ. */
  readonly before: Facts
  readonly after: Facts
  readonly problems: readonly ChangeProblem[]
  readonly warnings: readonly ChangeWarning[]
}

/** What a change makes of a service. Nothing is decided here about whether it is written. */
export function edited(seen: Service, change: ServiceChange, by: StaffId, at: Date, rules: SellingRules): Edited {
  const next = changed(seen, change, by, at)
  const differing = Object.keys(facts)
    .filter((name): name is Fact => name in facts)
    .filter((name) => facts[name](seen) !== facts[name](next))
  const of = (service: Service): Facts => Object.fromEntries(differing.map((name) => [name, facts[name](service)]))
  return {
    seen,
    next,
    before: of(seen),
    after: of(next),
    problems: problemsOf(next, change),
    warnings: warningsOf(next, change, rules),
  }
}

export const isChanged = ({ after }: Edited): boolean => Object.keys(after).length > 0

/** Money, or a word given for somebody's doings: whoever changes it says why. */
export const needsMemo = ({ rate, origin }: ServiceChange): boolean => rate !== undefined || origin !== undefined

function changed(
  seen: Service,
  { rate: rateChange, origin, follow = [], ...plain }: ServiceChange,
  by: StaffId,
  at: Date,
): Service {
  const set = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  const touched = followingFields.filter((field) => field in set || (field === 'rate' && rateChange))
  const byHand = followingFields.filter(
    (field) => (seen.byHand.includes(field) || touched.includes(field)) && !follow.includes(field),
  )
  return {
    ...seen,
    ...set,
    ...(rateChange ? { rate: rated(seen, rateChange) } : {}),
    ...(origin && origin !== seen.origin ? { origin, attested: origin === 'unattested' ? undefined : { by, at } } : {}),
    byHand,
  }
}

/** Rounds up throughout: never below what was asked for. */
function rated(service: Service, change: RateChange): Rate {
  const exact = exactRate(service, change)
  return rate(exact <= 0n ? exact : ((exact + change.step - 1n) / change.step) * change.step)
}

function exactRate(service: Service, change: RateChange): bigint {
  switch (change.how) {
    case 'set':
      return change.to
    case 'percent':
      return withPercent(service.rate, change.basisPoints)
    case 'add':
      return service.rate + change.amount
    case 'mark-up':
      return withPercent(service.source.cost, change.basisPoints) + change.fixed
  }
}

const withPercent = (amount: bigint, basisPoints: number): bigint => (amount * BigInt(10_000 + basisPoints) + 9_999n) / 10_000n

function problemsOf(next: Service, change: ServiceChange): ChangeProblem[] {
  const { rate, min, max, name, source } = next
  const holds = {
    'rate-not-a-price': change.rate !== undefined && rate <= 0n,
    'rate-too-high': change.rate !== undefined && rate > highest,
    // What loses money with every order is refused, not asked about: it can be disabled.
    'below-cost': change.rate !== undefined && rate > 0n && rate < source.cost,
    'bounds-crossed': min < 1 || min > max,
    'sells-reviews': change.name !== undefined && sellsReviews(name),
  } satisfies Record<ChangeProblem, boolean>
  return changeProblems.filter((problem) => holds[problem])
}

function warningsOf(next: Service, change: ServiceChange, rules: SellingRules): ChangeWarning[] {
  const { source } = next
  const wider = (change.min !== undefined && next.min < source.min) || (change.max !== undefined && next.max > source.max)
  const holds = {
    'bounds-wider-than-provider': wider && serviceTypeRule(next.type).charged !== 'one package',
    'provider-does-not-refill': (change.refillDays ?? 0) > 0 && !source.refill,
    'provider-does-not-cancel': change.cancel === true && !source.cancel,
    'provider-does-not-drip-feed': change.dripFeed === true && !source.dripFeed,
    'stays-unsold': change.enabled === true && whyNotSold(next, rules).length > 0,
  } satisfies Record<ChangeWarning, boolean>
  return changeWarnings.filter((warning) => holds[warning])
}

/** Which services are meant: by what they are, or by their numbers. */
export type Selection = { readonly ids: readonly ServiceId[] } | { readonly filter: ServiceFilter }

export interface ServiceFilter {
  /** Every word of it, in the number, the name or the provider's name for it. */
  readonly text?: string | undefined
  readonly categoryId?: string | undefined
  readonly providerId?: string | undefined
  readonly type?: string | undefined
  readonly origin?: Origin | undefined
  readonly enabled?: boolean | undefined
  /** Whether it can be ordered at all. */
  readonly sold?: boolean | undefined
}

export function matches(service: Service, filter: ServiceFilter, rules: SellingRules): boolean {
  const words = (filter.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${service.serviceId} ${service.name} ${service.source.name}`.toLowerCase()
  const is = <T>(wanted: T | undefined, value: T): boolean => wanted === undefined || wanted === value
  return (
    words.every((word) => text.includes(word)) &&
    is(filter.categoryId, service.categoryId) &&
    is(filter.providerId, service.source.providerId) &&
    is(filter.type, service.type) &&
    is(filter.origin, service.origin) &&
    is(filter.enabled, service.enabled) &&
    (filter.sold === undefined || filter.sold === (whyNotSold(service, rules).length === 0))
  )
}
