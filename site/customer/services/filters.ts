import { toMicros } from '../../shared/amounts.ts'
import type { Catalogue, Service } from '../catalogue.ts'

/** What of the catalogue is asked for, as the address says it. */
export interface Filters {
  readonly q?: string
  readonly category?: string
  readonly platform?: string
  readonly type?: string
  readonly origin?: string
  readonly refill?: true
  readonly cancel?: true
  readonly drip?: true
  /** Rates, the smallest and the largest. */
  readonly from?: string
  readonly to?: string
  /** Can be ordered at once. */
  readonly quantity?: string
}

/** Reads an address; what makes no sense in it is left out. */
export function readFilters(search: Readonly<Record<string, unknown>>): Filters {
  const word = (name: string): string => {
    const value = search[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 100) : ''
  }
  const found: Record<string, string | true> = {}
  for (const name of ['q', 'category', 'platform', 'type', 'origin']) if (word(name)) found[name] = word(name)
  for (const name of ['from', 'to']) if (isPrice(word(name))) found[name] = word(name)
  if (/^[1-9]\d{0,9}$/.test(word('quantity'))) found['quantity'] = word('quantity')
  for (const name of ['refill', 'cancel', 'drip']) if (search[name] === true || search[name] === 'true') found[name] = true
  return found
}

export const isPrice = (text: string): boolean => /^\d{1,9}(\.\d{1,6})?$/.test(text)

/** Those that stand in the panel, and not in the search field. */
export const countOfFilters = ({ q: _, category: __, ...others }: Filters): number => Object.keys(others).length

/** Whether a service is among what is asked for, the text and the category left aside. */
export function keeps(filters: Filters, platforms: ReadonlyMap<string, string>): (service: Service) => boolean {
  const { platform, type, origin, refill, cancel, drip, from, to, quantity } = filters
  const [least, most] = [from === undefined ? undefined : toMicros(from), to === undefined ? undefined : toMicros(to)]
  const wanted = quantity === undefined ? undefined : Number(quantity)
  return (service) => {
    if (platform !== undefined && platforms.get(service.linkPattern) !== platform) return false
    if (type !== undefined && service.type !== type) return false
    if (origin !== undefined && service.origin !== origin) return false
    if ((refill && !service.refill) || (cancel && !service.cancel) || (drip && !service.dripFeed)) return false
    if (wanted !== undefined && (wanted < service.min || wanted > service.max)) return false
    if (least === undefined && most === undefined) return true
    const rate = toMicros(service.rate)
    return (least === undefined || rate >= least) && (most === undefined || rate <= most)
  }
}

/** What there is to choose among: a filter that parts nothing is not offered. */
export interface Choices {
  readonly platforms: readonly string[]
  readonly types: readonly Service['type'][]
  readonly origins: readonly Service['origin'][]
  readonly refill: boolean
  readonly cancel: boolean
  readonly drip: boolean
}

export function choicesOf(catalogue: Catalogue | undefined): Choices {
  const services = catalogue?.services ?? []
  const platforms = platformsOf(catalogue)
  const several = <T>(all: readonly T[]): readonly T[] => (all.length > 1 ? all : [])
  const distinct = <T>(of: (service: Service) => T): T[] => [...new Set(services.map(of))]
  return {
    platforms: several(distinct(({ linkPattern }) => platforms.get(linkPattern) ?? '').toSorted()).filter(Boolean),
    types: several(distinct(({ type }) => type)),
    origins: several(distinct(({ origin }) => origin)),
    refill: services.some(({ refill }) => refill),
    cancel: services.some(({ cancel }) => cancel),
    drip: services.some(({ dripFeed }) => dripFeed),
  }
}

/** Which platform a kind of link is of; none for links to any page. */
export const platformsOf = (catalogue: Catalogue | undefined): ReadonlyMap<string, string> =>
  new Map((catalogue?.links ?? []).filter(({ pattern }) => pattern !== 'any').map(({ pattern, platform }) => [pattern, platform]))
