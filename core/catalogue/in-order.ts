import type { Category, Service } from './service.ts'

/** A service under the name of its heading, as people see it. */
export interface Listed {
  readonly service: Service
  readonly category: string
}

/** Services as they are listed: by the order of the headings, then their own, then by number. Without a heading is last. */
export function inOrder(services: readonly Service[], headings: readonly Category[]): Listed[] {
  const placeOf = new Map(headings.map(({ categoryId }, place) => [categoryId, place]))
  const place = ({ categoryId }: Service): number => placeOf.get(categoryId) ?? headings.length
  return services
    .toSorted((a, b) => place(a) - place(b) || a.sort - b.sort || a.serviceId - b.serviceId)
    .map((service) => ({ service, category: headings[place(service)]?.name ?? 'Other' }))
}
