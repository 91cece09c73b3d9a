import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId } from '../../core/ids.ts'
import { erasureSteps, fateOf, kindsWith } from '../../core/privacy/erasing.ts'
import type { ItemKind } from '../../core/privacy/inventory.ts'
import { dayOf, epochSeconds, later } from '../../core/time.ts'
import { ifItHolds } from '../if-it-holds.ts'
import { keys } from '../keys.ts'
import type { Item } from '../query.ts'
import { id, time } from '../read.ts'
import { table } from '../table.ts'
import { getClosure } from './closures.ts'
import { type Narrowed, pageOf } from './items-of.ts'
import { keepAll, keepUntil, settle } from './places.ts'
import { isThrough, sourceOf } from './through.ts'
import { dayAfter, keepRecords, recordsAbout, takeOut } from './trail.ts'
import { everyProvider, forgetWords } from './words.ts'

/** An account that was erased. */
interface Erased {
  readonly customerId: CustomerId
  readonly erasedAt: Date
  readonly recordsUntil: Date
  /** The day up to which the trail was looked through. */
  readonly trailTo: string
}

const erasedItem = z.object({ customerId: id(customerId), erasedAt: time, recordsUntil: time, trailTo: z.optional(z.string()) })

export async function getErased(customer: CustomerId): Promise<Erased | undefined> {
  const { db, name: TableName } = table()
  const { Item: found } = await db.send(new GetCommand({ TableName, Key: keys.erasedAccount(customer), ConsistentRead: true }))
  if (!found) return undefined
  const { trailTo, ...erased } = erasedItem.parse(found)
  return { ...erased, trailTo: trailTo ?? dayOf(erased.erasedAt) }
}

const isKept = (kind: ItemKind): boolean => fateOf(kind).fate === 'pseudonymised'
const withFate: readonly ItemKind[] = kindsWith(({ found }) => found !== 'in the trail')
const ofAccount = withFate.filter((kind) => erasureSteps.some((step) => step === kind))
/** What is found through other items goes before those; what says that the account was erased goes last. */
const inTurn: readonly (readonly ItemKind[])[] = [
  ofAccount.filter(isThrough),
  ofAccount.filter((kind) => !isThrough(kind)),
  ['ERASED'],
]

/** P-RET-2: what was written about an erased account since has the fate of what was there before: it goes, or expires with it. */
export async function settleLate(customer: CustomerId): Promise<void> {
  const erased = await getErased(customer)
  if (!erased) return
  const until = epochSeconds(erased.recordsUntil)
  await eachPage(customer, { of: () => true, narrow: lateOf }, (kind, items) => settle(kind, items, until))
  for (const provider of await everyProvider()) await forgetWords(customer, provider)
}

/** What would run out by itself while the account is open, and may be what a hold is set for. */
export const evidence: readonly ItemKind[] = ['SIGN-IN', 'KEYS']
/** It is looked at every hour: what has less than so long is given this much again, and runs out in its time once the hold is lifted. */
const [leastDays, againDays] = [50, 100]

async function keepEvidence(customer: CustomerId, now: Date): Promise<void> {
  const soon = epochSeconds(later(now, leastDays * 86_400))
  const again = epochSeconds(later(now, againDays * 86_400))
  await eachPage(customer, { of: (kind) => evidence.includes(kind), narrow: () => expires }, (kind, items) =>
    keepUntil(
      kind,
      items.filter(({ expiresAt }) => Number(expiresAt) < soon),
      again,
    ),
  )
}

/**
 * Stops the expiry of what would run out of an open account, and of the records of one that was erased or is being erased, those
 * of the trail too.
 */
export async function stopExpiry(customer: CustomerId, now: Date): Promise<void> {
  await keepEvidence(customer, now)
  const erased = await getErased(customer)
  if (!erased && (await getClosure(customer))?.state !== 'erasing') return
  await eachPage(customer, { of: isKept, narrow: expiring }, keepAll)
  if (!erased) return
  const first = dayOf(erased.erasedAt)
  for (let day = first; day <= erased.trailTo; day = dayAfter(day)) await keepRecords(customer, day, epochSeconds(now))
  // Afterwards it is looked through once more from there.
  if (erased.trailTo > first) await setTrailTo(customer, first)
}

/**
 * Has what the next day of the trail says about an erased account expire with its transaction records; what was said before the
 * erasure ended goes at once. False when there is no later day.
 */
export async function settleLateTrail(customer: CustomerId, now: Date): Promise<boolean> {
  const erased = await getErased(customer)
  if (!erased) return false
  const { erasedAt, recordsUntil, trailTo: day } = erased
  const late = await recordsAbout(customer, day)
  await takeOut(customer, day, late, now, { goes: ({ at }) => at < erasedAt, recordsUntil })
  if (day >= dayOf(now)) return false
  await setTrailTo(customer, dayAfter(day))
  return true
}

async function eachPage(
  customer: CustomerId,
  { of, narrow }: { readonly of: (kind: ItemKind) => boolean; readonly narrow: (source: ItemKind) => Narrowed },
  run: (kind: ItemKind, items: readonly Item[]) => Promise<void>,
): Promise<void> {
  const ofKind = async (kind: ItemKind): Promise<void> => {
    const source = isThrough(kind) ? sourceOf(kind) : kind
    let after: string | undefined
    do {
      const { items, last } = await pageOf(source, customer, after, narrow(source))
      await run(kind, items)
      after = last
    } while (after !== undefined)
  }
  for (const kinds of inTurn) await Promise.all(kinds.filter(of).map(ofKind))
}

const expires: Narrowed = { FilterExpression: 'attribute_exists(expiresAt)' }
const expiring = (source: ItemKind): Narrowed => (isKept(source) ? expires : {})

/** Of what is kept, that which does not expire, or says something again that was cut. */
function lateOf(source: ItemKind): Narrowed {
  const fate = fateOf(source)
  if (fate.fate !== 'pseudonymised') return {}
  return {
    FilterExpression: ['attribute_not_exists(expiresAt)', ...fate.cut.map((name) => `attribute_exists(#${name})`)].join(' OR '),
    ...(fate.cut.length === 0 ? {} : { ExpressionAttributeNames: Object.fromEntries(fate.cut.map((name) => [`#${name}`, name])) }),
  }
}

async function setTrailTo(customer: CustomerId, day: string): Promise<void> {
  const { db, name: TableName } = table()
  await ifItHolds(() =>
    db.send(
      new UpdateCommand({
        TableName,
        Key: keys.erasedAccount(customer),
        UpdateExpression: 'SET trailTo = :day',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':day': day },
      }),
    ),
  )
}
