import { erasingAction } from '../core/staff/audit.ts'
import { readHead } from './audit.ts'
import { anchor, digestOf, hashOf } from './audit-chain.ts'
import { type Place, walkAudit } from './read-audit.ts'

/** Something that is not as it was written. */
export interface Break {
  readonly seq: number
  readonly what: string
}

export interface Verdict {
  /** Links that were looked at. */
  readonly links: number
  /** The last one's number and hash: kept elsewhere, it proves later that nothing before it was rewritten. */
  readonly head: { readonly seq: number; readonly hash: string }
  readonly broken: readonly Break[]
  /** Records that were erased with an account, as the chain says itself. */
  readonly erased: number
  /** Records of no customer that are gone because their time was over. */
  readonly expired: number
}

/**
 * Walks the chain from its first link to its head and names every place where it does not hold. `kept` is a head that was
 * noted down earlier: who can rewrite the whole table can rewrite the whole chain, but not a note in somebody's drawer.
 */
export async function verifyAudit(now: Date, kept?: { readonly seq: number; readonly hash: string }): Promise<Verdict> {
  const broken: Break[] = []
  const erased = new Set<number>()
  let [links, previous, seq, expired] = [0, anchor.hash, anchor.seq, 0]
  for await (const place of walkAudit(now)) {
    for (let missing = seq + 1; missing < place.seq; missing++) broken.push({ seq: missing, what: 'it is missing' })
    const isExpired = hasExpired(place, now)
    if (isExpired) expired++
    broken.push(...flaws(place, previous, isExpired).map((what) => ({ seq: place.seq, what })))
    if (kept?.seq === place.seq && kept.hash !== place.link?.hash)
      broken.push({ seq: place.seq, what: 'its hash is not the one that was noted down' })
    for (const number of erasedBy(place)) erased.add(number)
    if (place.link) links++
    previous = place.link?.hash ?? ''
    seq = place.seq
  }
  const head = await readHead()
  for (let missing = seq + 1; missing <= head.seq; missing++) broken.push({ seq: missing, what: 'it is missing' })
  if (head.seq === seq && head.hash !== previous) broken.push({ seq, what: 'the head of the chain says another hash' })
  if (head.seq < seq) broken.push({ seq, what: `the head of the chain says that ${head.seq} is the last` })
  if (kept && kept.seq > head.seq) broken.push({ seq: kept.seq, what: 'it was noted down, and the chain ends before it' })
  // What the chain itself says was erased is not missing.
  const unexplained = broken.filter(({ seq, what }) => what !== recordGone || !erased.has(seq))
  return {
    links,
    head: { seq: head.seq, hash: head.hash },
    broken: unexplained,
    erased: broken.length - unexplained.length,
    expired,
  }
}

/** Whether the record is gone whose time, as its link says, is over. Nobody can say so later: it is in the link’s hash. */
const hasExpired = ({ link, record }: Place, now: Date): boolean =>
  record === undefined && link?.until !== undefined && Date.parse(link.until) <= now.getTime()

const recordGone = 'its record is gone'

/** The numbers of the records that this one says were erased with an account (P-RET-2); only one that is as it was written is believed. */
function erasedBy({ link, record }: Place): number[] {
  if (!link || !record || record.action !== erasingAction || digestOf(record) !== link.digest) return []
  return String(record.after?.['records'] ?? '')
    .split(' ')
    .map(Number)
}

function flaws({ link, record }: Place, previous: string, isExpired: boolean): string[] {
  if (link === undefined) return ['there is a record that no link speaks of']
  if (link === null) return ['its link was altered']
  return [
    ...(hashOf(link) === link.hash ? [] : ['its link was altered']),
    ...(link.previous === previous ? [] : ['it does not hang on the one before it']),
    ...(record === undefined && !isExpired ? [recordGone] : []),
    ...(record === null || (record && digestOf(record) !== link.digest) ? ['its record was altered'] : []),
  ]
}
