import { createHash, randomBytes } from 'node:crypto'
import type { AuditRecord, Facts } from '../core/staff/audit.ts'
import { epochSeconds, iso, later } from '../core/time.ts'

/**
 * One link of the audit trail. It hashes the digest of what was recorded and the link before it, so that a record can be
 * erased when its time has come and the chain still holds, while none can be altered, left out or slipped in.
 */
export interface Link {
  /** 1, 2, 3, without a gap. */
  readonly seq: number
  readonly at: string
  /** SHA-256 of the record, hex. */
  readonly digest: string
  /** The hash of the link before. */
  readonly previous: string
  /** Up to when the record is kept that is of no customer: gone after it, it is not missed. */
  readonly until?: string | undefined
  readonly hash: string
}

/** Where the next link is hung up. */
export interface Head extends Pick<Link, 'seq' | 'at' | 'hash'> {
  /** The day of the first link: where a walk along the chain begins. */
  readonly since: string
}

/** What the first link hangs on. */
export const anchor: Head = { seq: 0, at: iso(new Date(0)), hash: '0'.repeat(64), since: '' }

/** A record as it is kept. The salt keeps an erased one from being guessed from its digest. */
export interface KeptRecord extends AuditRecord {
  readonly at: string
  readonly salt: string
}

/** With `keptDays`, the record goes after so many: it is of nobody who has an account that could be closed. */
export function linkOnto(
  head: Head,
  record: AuditRecord,
  at: Date,
  keptDays?: number,
): { readonly link: Link; readonly kept: KeptRecord & { readonly expiresAt?: number } } {
  // Clocks differ from instance to instance; the trail's own time never goes back.
  const time = iso(new Date(Math.max(at.getTime(), Date.parse(head.at))))
  const kept = { ...record, at: time, salt: randomBytes(16).toString('base64url') }
  const end = keptDays === undefined ? undefined : later(new Date(time), keptDays * 86_400)
  const link = { seq: head.seq + 1, at: time, digest: digestOf(kept), previous: head.hash, ...(end ? { until: iso(end) } : {}) }
  return { link: { ...link, hash: hashOf(link) }, kept: { ...kept, ...(end ? { expiresAt: epochSeconds(end) } : {}) } }
}

export const hashOf = ({ seq, at, digest, previous, until }: Omit<Link, 'hash'>): string =>
  sha256([seq, at, digest, previous, ...(until === undefined ? [] : [until])])

export const digestOf = ({ by, action, on, why, before, after, at, salt }: KeptRecord): string =>
  sha256([by, action, on, why ?? null, sorted(before), sorted(after), at, salt])

/** A table gives attributes back in an order of its own. */
const sorted = (facts: Facts | undefined) => facts && Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))

const sha256 = (parts: readonly unknown[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex')
