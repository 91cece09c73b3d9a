import type { TableChange } from './fake-table.ts'
import type { Item, Value } from './table/values.ts'
import type { Tally } from './tally.ts'

/**
 * What the panel promises about an order's life, written down a second time and by hand: the simulation must not believe
 * the table of transitions it is there to check. Named by what they are called there, for the tally.
 */
const lawful: Readonly<Record<string, readonly string[]>> = {
  'accepted → submitting': ['claim'],
  'submitting → pending': ['sent'],
  'unknown → pending': ['sent', 'confirm'],
  'submitting → accepted': ['release', 'failOver'],
  // Put back by a worker that had put it back, or on its way to another provider, and did not hear so.
  'accepted → accepted': ['release'],
  'submitting → parked': ['park'],
  'parked → accepted': ['resume'],
  'accepted → canceled': ['withdraw'],
  'parked → canceled': ['withdraw'],
  'submitting → unknown': ['lose'],
  'submitting → refused': ['refuse'],
  'unknown → accepted': ['sendAgain'],
  'unknown → completed': ['settleDone'],
  'unknown → partial': ['settlePart'],
  'unknown → canceled': ['settleNone'],
  'pending → pending': ['wait'],
  'in-progress → pending': ['wait'],
  'processing → pending': ['wait'],
  'accepted → in-progress': ['takeInHand'],
  'pending → in-progress': ['start'],
  'in-progress → in-progress': ['start'],
  'processing → in-progress': ['start'],
  'pending → processing': ['process'],
  'in-progress → processing': ['process'],
  'processing → processing': ['process'],
  'pending → completed': ['complete'],
  'in-progress → completed': ['complete'],
  'processing → completed': ['complete'],
  'pending → partial': ['endPartial'],
  'in-progress → partial': ['endPartial'],
  'processing → partial': ['endPartial'],
  'completed → partial': ['endPartial'],
  'partial → partial': ['endPartial'],
  'pending → canceled': ['cancel'],
  'in-progress → canceled': ['cancel'],
  'processing → canceled': ['cancel'],
  'completed → canceled': ['cancel'],
  'partial → canceled': ['cancel'],
}

/** Written once, and never again. */
const writtenOnce = ['ENTRY#', 'CAUSE#', 'REQUEST#', 'PAYLOAD#', 'TRIED#', 'REFILL-NUMBER#', 'AUDIT#', 'AUDITED#']
const neverChanges = [
  'orderId',
  'customerId',
  'serviceId',
  'type',
  'quantity',
  'charge',
  'link',
  'acceptedAt',
  'acceptedOn',
  'runs',
  'interval',
]
/** Where it was bought: changes only when it goes on to another provider. */
const boughtAt = ['providerId', 'providerServiceId']

/** Watches every single change of the table, as it happens. Answers what is wrong with it. */
export function unlawful({ pk, sk, now, was }: TableChange, tally: Tally): string | undefined {
  if (was && writtenOnce.some((prefix) => pk.startsWith(prefix))) return `${pk} ${sk} was ${now ? 'rewritten' : 'removed'}`
  if (pk.startsWith('WALLET#')) {
    for (const name of ['available', 'held', 'debt'])
      if (now && amount(now[name]) < 0n) return `${pk}: ${name} is ${String(now[name])}`
    if (now && was && amount(now['available']) > amount(was['available']) && amount(now['debt']) > 0n)
      return `${pk}: money came in, and ${String(now['debt'])} is still owed`
    return undefined
  }
  if (!pk.startsWith('ORDER#')) return undefined
  if (!now) return `order ${sk} was removed`
  if (!was)
    return now['state'] === (now['feed'] ? 'in-progress' : 'accepted') ? undefined : `order ${sk} began as ${String(now['state'])}`
  const changed = neverChanges.find((name) => now[name] !== was[name] && String(now[name]) !== String(was[name]))
  if ((now['runOf'] ?? was['runOf']) && JSON.stringify(now['runOf']) !== JSON.stringify(was['runOf']))
    return `order ${sk}: it is the run of another order`
  if (changed) return `order ${sk}: its ${changed} changed`
  if (amount(now['refunded']) < amount(was['refunded'])) return `order ${sk}: its refund shrank`
  if (amount(now['refunded']) > amount(now['charge'])) return `order ${sk}: more was refunded than paid`
  if (now['changedAt'] === was['changedAt'] && now['state'] === was['state'])
    return boughtAt.some((name) => String(now[name]) !== String(was[name])) ? `order ${sk} went elsewhere` : undefined
  // An attempt that gave the order up gives it up once more, and changes nothing: told, say, that the next queue took nothing.
  if (now['state'] === 'accepted' && was['state'] === 'accepted' && now['attempt'] === was['attempt'] && now['attempt'])
    return undefined
  const step = `${String(was['state'])} → ${String(now['state'])}`
  const names = lawful[step] ?? []
  const hasMoved = boughtAt.some((name) => String(now[name]) !== String(was[name]))
  // News that comes late keeps the attempt it is of; staff who found the order put theirs in its place.
  const isOther = now['attempt'] !== was['attempt']
  const [first, other] = names.filter((one) => one !== 'failOver')
  const name = hasMoved ? names.find((one) => one === 'failOver') : isOther ? (other ?? first) : first
  if (name === undefined) return `order ${sk}: ${step}${hasMoved ? ', to another provider' : ''}`
  tally.count('transitions', name)
  tally.count('steps', step)
  return undefined
}

export const amount = (value: Value | undefined): bigint =>
  BigInt(typeof value === 'number' || typeof value === 'bigint' ? value : 0)

/** Money as the table keeps it: `wallet` is a wallet's item, `entries` all entries of its owner. Answers what is wrong. */
export function unbalanced(wallet: Item, entries: readonly Item[]): string[] {
  const wrong: string[] = []
  const total = amount(wallet['available']) + amount(wallet['held']) - amount(wallet['debt'])
  const sum = entries.reduce((sum, entry) => sum + amount(entry['amount']), 0n)
  if (sum !== total) wrong.push(`${String(wallet['pk'])}: entries add up to ${sum}, the wallet holds ${total}`)
  for (const name of ['available', 'held', 'debt'])
    if (amount(wallet[name]) < 0n) wrong.push(`${String(wallet['pk'])}: ${name} is below zero`)
  if (amount(wallet['movements']) !== BigInt(entries.length))
    wrong.push(`${String(wallet['pk'])}: ${String(wallet['movements'])} movements, ${entries.length} entries`)
  const causes = entries.map((entry) => String(entry['cause']))
  const twice = causes.find((cause, index) => causes.indexOf(cause) !== index)
  if (twice !== undefined) wrong.push(`${String(wallet['pk'])}: two entries of ${twice}`)
  return wrong
}
