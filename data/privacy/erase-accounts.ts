import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId } from '../../core/ids.ts'
import { negative, zero } from '../../core/money.ts'
import type { Grant, Need } from '../../core/need.ts'
import { firstStep, kindsWith, stepAfter } from '../../core/privacy/erasing.ts'
import type { ItemKind } from '../../core/privacy/inventory.ts'
import { dayOf, epochSeconds, iso } from '../../core/time.ts'
import { causes, type Entry } from '../../core/wallet/entry.ts'
import { mayAudit } from '../audit.ts'
import { causeLeg, entryLeg } from '../entries.ts'
import type { Key } from '../get-items.ts'
import { ifItHolds } from '../if-it-holds.ts'
import { keys } from '../keys.ts'
import { table } from '../table.ts'
import { transact } from '../transact.ts'
import { getWallet } from '../wallets.ts'
import { type Closure, getClosure, newClosureItem, standingOf } from './closures.ts'
import { forgetHold } from './holds.ts'
import { pageOf, patternOf } from './items-of.ts'
import { evidence, getErased, settleLate, settleLateTrail, stopExpiry } from './late.ts'
import { settle } from './places.ts'
import { isThrough, sourceOf } from './through.ts'
import { dayAfter, recordsAbout, takeOut } from './trail.ts'
import { everyProvider, forgetWords, mayFindWords } from './words.ts'

/** The ledger and the trail: nothing of them is changed but when they expire, and nothing cut but the words of a memo. */
const ledger: readonly ItemKind[] = ['ENTRY', 'CAUSE', 'WALLET']
const erased = kindsWith(({ fate, found }) => fate === 'erased' && found !== 'in the trail')
const kept = kindsWith(({ fate }) => fate === 'pseudonymised')
const patterns = (kinds: readonly ItemKind[]): string[] => kinds.map(patternOf)

interface EraseAccounts {
  get(customer: CustomerId): Promise<Closure | undefined>
  /** Begins the erasure of one whose time has come. Answers what keeps it from being begun; undefined when it has. */
  begin(closure: Closure, now: Date): Promise<string | undefined>
  /** Takes what is left of the balance, which its owner gave up: once. */
  takeBalance(closure: Closure, now: Date): Promise<void>
  /** Does the next page of the step: false when there is none left. */
  page(closure: Closure): Promise<boolean>
  /** Erases the records of a day of the trail that are about the account. False when there is no later day. */
  dayOfTrail(closure: Closure, now: Date): Promise<boolean>
  /** The step is done; after the last one the account is erased. */
  goOn(closure: Closure, now: Date): Promise<void>
  /** Stops the expiry of the records of an account that was erased, or is being. */
  stopExpiry(customer: CustomerId, now: Date): Promise<void>
  /** Has what was written about an erased account since go or expire as well. */
  settleLate(customer: CustomerId): Promise<void>
  /** The same with the next day of the trail. False when there is no later day. */
  settleLateTrail(customer: CustomerId, now: Date): Promise<boolean>
  /** Forgets a hold that is over, when all is done that it held up. */
  forgetHold(customer: CustomerId): Promise<void>
  /** Has an account that was erased before the table was restored erased again. Does nothing where it is. */
  replay(erased: { readonly customerId: CustomerId; readonly recordsUntil: Date }, now: Date): Promise<void>
}

export const eraseAccounts = {
  allow: [
    {
      on: 'table',
      actions: ['GetItem'],
      keys: ['CLOSURE', 'ERASED', 'WALLET#*', 'ORDER#*', 'TICKET#*', 'LEGAL-HOLD', 'CUSTOMER#*'],
    },
    { on: 'table', actions: ['PutItem', 'UpdateItem'], keys: ['CLOSURE', 'ERASED'] },
    ...mayFindWords,
    { on: 'table', actions: ['DeleteItem'], keys: patterns(erased) },
    { on: 'table', actions: ['Query'], keys: [...patterns([...erased, ...kept].filter((kind) => !isThrough(kind))), 'AUDITED#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: patterns(kept.filter((kind) => !ledger.includes(kind))) },
    {
      on: 'table',
      actions: ['UpdateItem'],
      keys: patterns(ledger),
      onlyAttributes: ['pk', 'sk', 'expiresAt', 'memo'],
    },
    { on: 'table', actions: ['UpdateItem'], keys: patterns(evidence), onlyAttributes: ['pk', 'sk', 'expiresAt'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['AUDITED#*'], onlyAttributes: ['pk', 'sk', 'expiresAt'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['WALLET#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['ENTRY#*', 'CAUSE#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['LEGAL-HOLD'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ] satisfies readonly Grant[],
  open: () => ({
    get: getClosure,
    begin,
    takeBalance,
    page,
    dayOfTrail,
    goOn,
    stopExpiry,
    settleLate,
    settleLateTrail,
    forgetHold,
    replay,
  }),
} satisfies Need<EraseAccounts>

/** Nobody set a hold in between. */
const notHeld = (customer: CustomerId) => ({
  Check: {
    Key: keys.legalHold(customer),
    ConditionExpression: 'attribute_not_exists(pk) OR lifted = :true',
    ExpressionAttributeValues: { ':true': true },
  },
})

async function begin(closure: Closure, now: Date): Promise<string | undefined> {
  if (closure.state === 'erasing') return undefined
  if (closure.eraseAt > now) return 'its grace period'
  const { obstacles, wallet } = await standingOf(closure.customerId)
  const waitsFor =
    obstacles[0] ?? (wallet.available > closure.givesUp ? 'balance-changed' : closure.awaitsStaff ? 'staff' : undefined)
  if (waitsFor !== undefined) {
    await update(keys.closure(closure.customerId), { set: { waitsFor }, condition: 'attribute_exists(pk)' })
    return waitsFor
  }
  const refused = await transact({
    hold: notHeld(closure.customerId),
    closure: {
      Update: {
        Key: keys.closure(closure.customerId),
        UpdateExpression: 'SET #state = :erasing REMOVE waitsFor',
        ConditionExpression: '#state = :grace AND attribute_not_exists(awaitsStaff)',
        ExpressionAttributeNames: { '#state': 'state' },
        ExpressionAttributeValues: { ':erasing': 'erasing', ':grace': 'grace' },
      },
    },
  })
  return refused === 'hold' ? 'a legal hold' : undefined
}

async function takeBalance({ customerId, closedAt }: Closure, now: Date): Promise<void> {
  const seen = await getWallet(customerId)
  if (!seen || seen.available === zero) return
  const movement: Entry = { at: now, kind: 'given-up', cause: causes.givenUp(iso(closedAt)), amount: negative(seen.available) }
  await transact({
    cause: causeLeg(customerId, movement),
    wallet: {
      Update: {
        Key: keys.wallet(customerId),
        UpdateExpression: 'SET available = :nothing, movements = movements + :one',
        ConditionExpression: 'movements = :seen',
        ExpressionAttributeValues: { ':nothing': zero, ':one': 1, ':seen': seen.movements },
      },
    },
    entry: entryLeg(customerId, movement),
  })
  // Whichever leg was refused: somebody did it, or something moved meanwhile. The next run looks again.
  const left = await getWallet(customerId)
  if (left && left.available !== zero) throw new Error('the balance of a closed account moved while it was taken')
}

async function page(closure: Closure): Promise<boolean> {
  const kind = kindOf(closure.step)
  if (kind === undefined) return false
  if (kind === 'ERROR-TEXT') return wordsOfNext(closure)
  const { items, last } = await pageOf(isThrough(kind) ? sourceOf(kind) : kind, closure.customerId, closure.after)
  await settle(kind, items, epochSeconds(closure.recordsUntil))
  if (last === undefined) return false
  await update(keys.closure(closure.customerId), {
    set: { after: last },
    condition: '#step = :step',
    values: { step: closure.step },
  })
  return true
}

/** An order forgets what its provider said of it, and the list of those words does not: they are looked for there, provider by provider. */
async function wordsOfNext({ customerId: customer, step, after = '' }: Closure): Promise<boolean> {
  const [provider, ...others] = (await everyProvider()).filter((one) => one > after)
  if (provider === undefined) return false
  await forgetWords(customer, provider)
  await update(keys.closure(customer), { set: { after: provider }, condition: '#step = :step', values: { step } })
  return others.length > 0
}

interface Change {
  readonly set: Readonly<Record<string, unknown>>
  readonly remove?: readonly string[]
  readonly condition: string
  readonly values?: Readonly<Record<string, unknown>>
}

async function update(key: Key, { set, remove: gone = [], condition, values = {} }: Change): Promise<void> {
  const { db, name: TableName } = table()
  const names = [...Object.keys(set), ...gone, ...Object.keys(values)]
  await ifItHolds(() =>
    db.send(
      new UpdateCommand({
        TableName,
        Key: { ...key },
        UpdateExpression: [
          `SET ${Object.keys(set).map((name) => `#${name} = :set_${name}`)}`,
          ...(gone.length === 0 ? [] : [`REMOVE ${gone.map((name) => `#${name}`)}`]),
        ].join(' '),
        ConditionExpression: condition,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(Object.entries(set).map(([name, value]) => [`:set_${name}`, value])),
          ...Object.fromEntries(Object.entries(values).map(([name, value]) => [`:${name}`, value])),
        },
      }),
    ),
  )
}

async function dayOfTrail(closure: Closure, now: Date): Promise<boolean> {
  const { customerId, recordsUntil } = closure
  const day = closure.after ?? closure.since
  await takeOut(customerId, day, await recordsAbout(customerId, day), now, { goes: () => true, recordsUntil })
  const next = dayAfter(day)
  if (next > dayOf(now)) return false
  await update(keys.closure(customerId), { set: { after: next }, condition: '#step = :step', values: { step: closure.step } })
  return true
}

async function goOn({ customerId, step, after, since, recordsUntil, trailTo }: Closure, now: Date): Promise<void> {
  const next = stepAfter(step)
  if (next !== undefined) {
    // Whoever was faster has gone on already.
    return update(keys.closure(customerId), {
      // What the trail says later is looked for when all is done.
      set: { step: next, ...(step === 'trail' ? { trailTo: after ?? since } : {}) },
      remove: ['after'],
      condition: '#step = :step',
      values: { step },
    })
  }
  await transact({
    hold: notHeld(customerId),
    closure: { Delete: { Key: keys.closure(customerId), ConditionExpression: 'attribute_exists(pk)' } },
    erased: {
      Put: {
        Item: {
          ...keys.erasedAccount(customerId),
          customerId,
          erasedAt: iso(now),
          recordsUntil: iso(recordsUntil),
          ...(trailTo === undefined ? {} : { trailTo }),
          expiresAt: epochSeconds(recordsUntil),
        },
      },
    },
  })
}

async function replay(erasedBefore: { readonly customerId: CustomerId; readonly recordsUntil: Date }, now: Date): Promise<void> {
  const { customerId: customer, recordsUntil } = erasedBefore
  if ((await getErased(customer)) || (await getClosure(customer))?.state === 'erasing') return
  const { db, name: TableName } = table()
  const { Item: account } = await db.send(new GetCommand({ TableName, Key: keys.customer(customer), ConsistentRead: true }))
  const since = z.safeParse(z.object({ createdAt: z.string() }), account).data?.createdAt.slice(0, 10) ?? dayOf(now)
  const closure: Closure = {
    customerId: customer,
    closedAt: now,
    eraseAt: now,
    recordsUntil,
    givesUp: zero,
    since,
    state: 'erasing',
    step: firstStep,
  }
  await transact({ closure: { Put: { Item: newClosureItem(closure) } } })
}

const kindOf = (step: string): ItemKind | undefined => [...erased, ...kept].find((kind) => kind === step)
