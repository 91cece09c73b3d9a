import { useMemo } from 'react'
import type { Answer } from '../api.ts'
import { useAnswer } from '../shared/answers.ts'

export type Catalogue = Answer<'GET /api/catalogue'>
export type Service = Catalogue['services'][number]

/** What is sold, asked for once and then kept for minutes: the charge of an order is the server's in any case. */
export const useCatalogue = () => useAnswer('GET /api/catalogue', {}, { staleMilliseconds: 5 * 60_000 })

/** What kind of link a service asks for, with an example; undefined where any public one will do. */
export function useWantedLink({ linkPattern }: Pick<Service, 'linkPattern'>) {
  const { data } = useCatalogue()
  return linkPattern === 'any' ? undefined : data?.links.find(({ pattern }) => pattern === linkPattern)
}

/** Services by their number, for the lists that name them. */
export function useServiceNames(): ReadonlyMap<number, Service> {
  const { data } = useCatalogue()
  return useMemo(() => new Map(data?.services.map((service) => [service.serviceId, service])), [data])
}

export interface Found {
  readonly category: string
  readonly services: readonly Service[]
}

interface Indexed {
  readonly service: Service
  readonly text: string
}

/** Services with the text they are searched by, made once per catalogue. */
export const indexed = (services: readonly Service[]): readonly Indexed[] =>
  services.map((service) => ({
    service,
    text: `${service.serviceId} ${service.name} ${service.category} ${service.type}`.toLowerCase(),
  }))

/** Those that have every word of what is looked for, by category in the catalogue's order; a number finds its service first. */
export function search(index: readonly Indexed[], wanted: string, category?: string): readonly Found[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, Service[]>()
  for (const { service, text } of index) {
    if (category !== undefined && service.category !== category) continue
    if (!words.every((word) => text.includes(word))) continue
    const group = groups.get(service.category)
    if (!group) groups.set(service.category, [service])
    else if (String(service.serviceId) === words[0]) group.unshift(service)
    else group.push(service)
  }
  const found = [...groups].map(([name, services]) => ({ category: name, services }))
  const exact = words.length === 1 ? found.findIndex(({ services }) => String(services[0]?.serviceId) === words[0]) : -1
  return exact > 0 ? [...found.slice(exact, exact + 1), ...found.slice(0, exact), ...found.slice(exact + 1)] : found
}

/** Grouping alone, for when nothing is looked for. */
export const countOf = (found: readonly Found[]): number => found.reduce((sum, { services }) => sum + services.length, 0)
