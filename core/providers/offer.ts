import { sellsReviews } from '../catalogue/refused.ts'
import type { ServiceType } from '../catalogue/service-types.ts'
import type { ProviderServiceId, ServiceId, TaskId } from '../ids.ts'
import type { BrokenRow, OfferedRow } from '../protocol/provider-services.ts'

/** A provider's catalogue as it was fetched. */
export interface Offer {
  /** The task that fetched it: names this very state of it. */
  readonly taskId: TaskId
  readonly at: Date
  readonly rows: readonly OfferedRow[]
  readonly broken: readonly BrokenRow[]
}

/** Which rows of an offer are taken over. */
export type Choice =
  | { readonly of: 'everything' }
  | { readonly of: 'categories'; readonly names: readonly string[] }
  | { readonly of: 'ids'; readonly ids: readonly string[] }

/** How an offer is taken over. */
export interface Wishes {
  readonly choice: Choice
  /** What types that nobody knows mean, by the provider's own word. */
  readonly types: ReadonlyMap<string, ServiceType>
  /** Whether services that the provider no longer has are taken out of sale. */
  readonly pauseGone: boolean
}

/** One thing to be done about an offer. */
export type Step =
  | { readonly kind: 'offered'; readonly row: OfferedRow }
  | { readonly kind: 'left'; readonly row: string; readonly name: string; readonly why: string }
  | { readonly kind: 'gone'; readonly providerServiceId: ProviderServiceId; readonly serviceId: ServiceId }

/** What is to be done, always in the same order: who goes on with it later finds the same steps. */
export function stepsOf(offer: Offer, wishes: Wishes, known: ReadonlyMap<ProviderServiceId, ServiceId>): Step[] {
  const chosen = offer.rows.filter(isChosen(wishes.choice))
  const there = new Set<string>(offer.rows.map(({ providerServiceId }) => providerServiceId))
  const broken = wishes.choice.of === 'everything' ? offer.broken : []
  const lost = wishes.pauseGone ? [...known].filter(([id]) => !there.has(id)) : []
  return [
    ...chosen.map((row) => stepFor(row, wishes.types, known)),
    ...broken.map((one): Step => ({ kind: 'left', ...one })),
    ...lost.map(([providerServiceId, serviceId]): Step => ({ kind: 'gone', providerServiceId, serviceId })),
  ]
}

function isChosen(choice: Choice): (row: OfferedRow) => boolean {
  switch (choice.of) {
    case 'everything':
      return () => true
    case 'categories': {
      const names = new Set(choice.names)
      return ({ category }) => names.has(category)
    }
    case 'ids': {
      const ids = new Set<string>(choice.ids)
      return ({ providerServiceId }) => ids.has(providerServiceId)
    }
  }
}

function stepFor(row: OfferedRow, types: Wishes['types'], known: ReadonlyMap<ProviderServiceId, ServiceId>): Step {
  const { providerServiceId, name, category, typeSaid } = row
  const left = (why: string): Step => ({ kind: 'left', row: providerServiceId, name, why })
  const isOurs = known.has(providerServiceId)
  // One of ours is brought up to date whatever it has become: its new name takes it out of sale.
  if (!isOurs && sellsReviews(name, category)) return left('it sells reviews, which this panel does not')
  const type = row.type ?? types.get(typeSaid ?? '')
  if (type) return { kind: 'offered', row: { ...row, type } }
  return isOurs ? { kind: 'offered', row } : left(`nobody knows the type “${typeSaid}”`)
}

/** How many rows there are that we do not have and could sell. */
export const freshIn = ({ rows }: Offer, known: ReadonlyMap<ProviderServiceId, ServiceId>): number =>
  rows.filter(
    ({ providerServiceId, type, name, category }) => type && !known.has(providerServiceId) && !sellsReviews(name, category),
  ).length
