import { isDeepStrictEqual } from 'node:util'
import { gone, refreshed, type Terms } from '../catalogue/from-provider.ts'
import type { Service } from '../catalogue/service.ts'
import type { OfferedRow } from '../protocol/provider-services.ts'
import type { NoteKind } from './task.ts'

/** What there is to tell of a service that was brought up to date. */
export interface Remark {
  readonly what: Exclude<NoteKind, 'left'>
  readonly why?: string
}

/** A service of ours as an offer makes it. What an import attests holds for all but those somebody attested before. */
export function brought(
  service: Service,
  row: OfferedRow,
  terms: Terms,
  attest: Pick<Service, 'origin' | 'attested'>,
  now: Date,
): Service {
  const next = refreshed(service, row, terms, now)
  return service.origin === 'unattested' ? { ...next, ...attest } : next
}

/** The same with nothing new attested and the mark-up that each service has: what a sync does. */
export const synced = (service: Service, row: OfferedRow, terms: Omit<Terms, 'markUp'>, now: Date): Service =>
  refreshed(service, row, { ...terms, markUp: service.source.markUp }, now)

/** A service that its provider no longer offers. */
export const lost = gone

/** What staff should hear of a change; undefined for what goes without saying. */
export function remarkOn(before: Service, next: Service): Remark | undefined {
  if (next.paused && next.paused !== before.paused)
    return next.paused.because === 'gone' ? { what: 'gone' } : { what: 'paused', why: next.paused.because }
  if (before.paused && !next.paused) return { what: 'back' }
  if (next.rate < next.source.cost) return { what: 'below-cost' }
  if (before.source.name !== next.source.name) return { what: 'renamed', why: next.source.name }
  return undefined
}

/** Whether nothing was changed that is kept. */
export const isSame = (before: Service, next: Service): boolean => isDeepStrictEqual(plain(before), plain(next))

/** What is not there and what is undefined are the same to a table. */
const plain = (service: Service): unknown =>
  JSON.parse(JSON.stringify(service, (_, value) => (typeof value === 'bigint' ? `${value}n` : value)))
