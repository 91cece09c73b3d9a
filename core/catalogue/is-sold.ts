import { sellsReviews } from './refused.ts'
import type { Service } from './service.ts'
import { serviceTypeRule } from './service-types.ts'

/** What the operator decided about selling. */
export interface SellingRules {
  /** Whether services are sold of which nobody attested where their effect comes from. */
  readonly sellUnattested: boolean
}

export const notSoldReasons = ['disabled', 'paused', 'type-not-sold', 'unattested', 'below-cost', 'sells-reviews'] as const
export type NotSold = (typeof notSoldReasons)[number]

/** Everything that keeps a service from being sold. */
export function whyNotSold(service: Service, rules: SellingRules): NotSold[] {
  const { enabled, paused, type, origin, rate, name, source } = service
  const holds = {
    disabled: !enabled,
    paused: paused !== undefined,
    'type-not-sold': !serviceTypeRule(type).sold,
    unattested: origin === 'unattested' && !rules.sellUnattested,
    // Every order would lose money.
    'below-cost': rate < source.cost,
    'sells-reviews': sellsReviews(name, source.name, source.category),
  } satisfies Record<NotSold, boolean>
  return notSoldReasons.filter((reason) => holds[reason])
}

export const isSold = (service: Service, rules: SellingRules): boolean => whyNotSold(service, rules).length === 0

/** The service as it is written: that it was once on sale is never forgotten. */
export const remembered = (service: Service, rules: SellingRules): Service => ({
  ...service,
  everSold: service.everSold || isSold(service, rules),
})
