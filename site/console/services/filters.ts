import type { NotSold } from '../../../core/catalogue/is-sold.ts'
import type { Origin } from '../../../core/catalogue/service.ts'
import { originWords } from '../origin-words.ts'
import type { Category, ServiceRow } from './use-services.ts'
import { notSoldWords } from './words.ts'

/** What the list is narrowed to. It is in the address, so it can be linked to and gone back to. */
export interface Filters {
  readonly text?: string
  readonly category?: string
  readonly provider?: string
  readonly type?: string
  readonly origin?: Origin
  readonly state?: 'sold' | NotSold
}

export function readFilters(search: Readonly<Record<string, unknown>>): Filters {
  const text = (name: string): string | undefined => {
    const value = search[name]
    return typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value : undefined
  }
  const [state, origin] = [text('state'), text('origin')]
  const filters = {
    text: text('text'),
    category: text('category'),
    provider: text('provider'),
    type: text('type'),
    origin: origin !== undefined && origin in originWords ? (origin as Origin) : undefined,
    state: state === 'sold' || (state !== undefined && state in notSoldWords) ? (state as 'sold' | NotSold) : undefined,
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

interface Indexed {
  readonly service: ServiceRow
  readonly text: string
}

/** Services with the text they are searched by, made once per list. */
export const indexed = (services: readonly ServiceRow[]): readonly Indexed[] =>
  services.map((service) => ({
    service,
    text: `${service.serviceId} ${service.providerServiceId} ${service.name}`.toLowerCase(),
  }))

export function filtered(index: readonly Indexed[], filters: Filters): ServiceRow[] {
  const words = (filters.text ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const is = (wanted: string | undefined, value: string): boolean => wanted === undefined || wanted === value
  return index
    .filter(
      ({ service, text }) =>
        words.every((word) => text.includes(word)) &&
        is(filters.category, service.categoryId) &&
        is(filters.provider, service.providerId) &&
        is(filters.type, service.type) &&
        is(filters.origin, service.origin) &&
        inState(service, filters.state),
    )
    .map(({ service }) => service)
}

function inState({ notSold }: ServiceRow, state: Filters['state']): boolean {
  if (state === undefined) return true
  return state === 'sold' ? notSold.length === 0 : notSold.includes(state)
}

/** Under their headings, in the order that customers see. */
export function grouped(services: readonly ServiceRow[], categories: readonly Category[]) {
  const under = Map.groupBy(services, ({ categoryId }) => categoryId)
  const known = new Set(categories.map(({ categoryId }) => categoryId))
  const stray = [...under].filter(([categoryId]) => !known.has(categoryId)).flatMap(([, rows]) => rows)
  return [
    ...categories.map(({ categoryId, name }) => ({ name, rows: under.get(categoryId) ?? [] })),
    { name: 'No category', rows: stray },
  ]
    .filter(({ rows }) => rows.length > 0)
    .map(({ name, rows }) => ({ name, rows: rows.toSorted((a, b) => a.sort - b.sort || a.serviceId - b.serviceId) }))
}
