import type { ServiceId } from '../ids.ts'
import type { Rate } from '../money.ts'
import { isSold, type SellingRules } from './is-sold.ts'
import type { Service } from './service.ts'
import { type ServiceType, serviceTypeRule } from './service-types.ts'

/** What the public feed tells of services. */
export const changeKinds = ['price-up', 'price-down', 'new', 'gone', 'back'] as const
export type ChangeKind = (typeof changeKinds)[number]

/** What became of a service, as anybody may know it: nothing of whom it is bought from, nor for how much. */
export interface ServiceChange {
  readonly kind: ChangeKind
  readonly serviceId: ServiceId
  readonly name: string
  readonly type: ServiceType
  /** The price until then, of what was on sale. */
  readonly before: Rate | undefined
  /** The price from then on, of what is on sale. */
  readonly after: Rate | undefined
}

/** A line of the feed. */
export interface FeedLine extends ServiceChange {
  readonly at: Date
  /** Names the line. */
  readonly mark: string
}

/** What a change of the table's item means to who buys; undefined for nothing. */
export function changeOf(was: Service | undefined, is: Service | undefined, rules: SellingRules): ServiceChange | undefined {
  const before = was && isSold(was, rules) ? was : undefined
  const after = is && isSold(is, rules) ? is : undefined
  const kind = kindOf(before, after, was?.everSold ?? false)
  const shown = after ?? before
  if (!kind || !shown) return undefined
  const { serviceId, name, type } = shown
  return { kind, serviceId, name, type, before: before?.rate, after: after?.rate }
}

function kindOf(before: Service | undefined, after: Service | undefined, wasOnceSold: boolean): ChangeKind | undefined {
  if (!before) return after && (wasOnceSold ? 'back' : 'new')
  if (!after) return 'gone'
  // A price of one package and one of 1000 cannot be compared.
  if (unit(before) !== unit(after) || before.rate === after.rate) return undefined
  return after.rate > before.rate ? 'price-up' : 'price-down'
}

const unit = ({ type }: Service): string => serviceTypeRule(type).charged
