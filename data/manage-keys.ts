import { randomBytes } from 'node:crypto'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, type KeyHash, type KeyId, keyHash, keyId } from '../core/ids.ts'
import { type KeyScope, keyScopes } from '../core/keys/scopes.ts'
import type { Need } from '../core/need.ts'
import { periods } from '../core/privacy/periods.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { hashKey } from './api-keys.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { backOff } from './patience.ts'
import { queryAll } from './query.ts'
import { id, integer, time } from './read.ts'
import { table } from './table.ts'
import { append, type NamedLeg, transact } from './transact.ts'
import { isLeft } from './unexpired.ts'

/** What the owner of a key decides about it. */
export interface KeyTerms {
  readonly name: string
  readonly scope: KeyScope
  /** From where it may be used; empty for anywhere. */
  readonly addresses: readonly string[]
}

/** A key in its owner's list. The key itself is nowhere: it was shown once. */
export interface ApiKey extends KeyTerms {
  readonly keyId: KeyId
  /** The first characters, to tell keys apart by. */
  readonly prefix: string
  readonly createdAt: Date
  /** The key that this one was made in place of. */
  readonly replaces?: KeyId | undefined
  /** Of a rotated key: until when it goes on beside the one in its place. */
  readonly closesAt?: Date | undefined
  readonly revokedAt?: Date | undefined
}

/** Keys an account may hold at once; and as many that were rotated and still open. */
export const mostKeys = 10
/** A key that opens nothing any more stays listed so long: a log may speak of it. */
const listedDays = periods.closedKeyDays

const listedItem = z.object({
  keyId: id(keyId),
  name: z.string(),
  scope: z._default(z.enum(keyScopes), 'all'),
  addresses: z._default(z.array(z.string()), []),
  prefix: z.string(),
  hash: id(keyHash),
  createdAt: time,
  replaces: z.optional(id(keyId)),
  closesAt: z.optional(time),
  revokedAt: z.optional(time),
})
type Listed = z.output<typeof listedItem>

/** A new key. `secret` is shown to its owner now and cannot be had again. */
export interface NewKey {
  readonly key: ApiKey
  readonly secret: string
}

interface ReadKeys {
  /** All of a customer's keys, newest first; those that open nothing any more for a while too. */
  of(customer: CustomerId, now: Date): Promise<ApiKey[]>
}

export const readKeys = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['KEYS#*'] }],
  open: () => ({
    async of(customer, now) {
      const found = await listed(customer, now)
      return found.map(({ hash: _, ...key }) => key).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    },
  }),
} satisfies Need<ReadKeys>

interface ManageKeys {
  create(customer: CustomerId, terms: KeyTerms, now: Date): Promise<NewKey>
  /**
   * From the next request on the key is held to these terms, and with it those it was rotated from or to, while they open
   * anything. Answers its terms before.
   */
  change(customer: CustomerId, key: KeyId, terms: KeyTerms, now: Date): Promise<KeyTerms>
  /** A new key with the terms of this moment; the old one goes on for so long, and then opens nothing. */
  rotate(customer: CustomerId, key: KeyId, overlapSeconds: number, now: Date): Promise<NewKey>
  /** From the next request on the key opens nothing. Revoking again changes nothing. */
  revoke(customer: CustomerId, key: KeyId, now: Date): Promise<void>
}

export const manageKeys = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['KEYS#*'] },
    { on: 'table', actions: ['GetItem'], keys: ['CUSTOMER#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['KEY#*', 'KEYS#*', 'PREFIX#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['KEY#*', 'KEYS#*', 'CUSTOMER#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['DeleteItem'], keys: ['KEY#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['CUSTOMER#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    create: (customer, terms, now) =>
      add(
        customer,
        ({ current }) => {
          if (current.length >= mostKeys) throw new Refusal('too-many-keys')
          return { made: newKey(terms, now), legs: {} }
        },
        now,
      ),
    change,
    rotate: (customer, wanted, overlapSeconds, now) =>
      add(
        customer,
        ({ all, closing }) => {
          const old = opening(all, wanted, now)
          if (old.closesAt) throw new Refusal('key-rotated')
          if (overlapSeconds > 0 && closing.length >= mostKeys) throw new Refusal('too-many-keys')
          const made = newKey({ name: old.name, scope: old.scope, addresses: old.addresses }, now, wanted)
          return { made, legs: overlapSeconds > 0 ? close(customer, old, later(now, overlapSeconds)) : replace(customer, old, now) }
        },
        now,
      ),
    async revoke(customer, wanted, now) {
      const refused = await transact(end(customer, await known(customer, wanted, now), now))
      if (refused === 'oldKey') throw new Error('a key was there after it was removed')
    },
  }),
} satisfies Need<ManageKeys>

/** A rotated key and the one in its place have one set of terms: what is taken from one is taken from both. */
async function change(customer: CustomerId, wanted: KeyId, terms: KeyTerms, now: Date): Promise<KeyTerms> {
  for (let attempt = 1; ; attempt++) {
    const { all, added } = await holdings(customer, now)
    const { name, scope, addresses } = opening(all, wanted, now)
    const legs: Record<string, NamedLeg> = { account: noneAdded(customer, added) }
    for (const key of relatives(all, wanted).filter((one) => opensAt(one, now))) Object.assign(legs, holdTo(customer, key, terms))
    if ((await transact(legs)) === undefined) return { name, scope, addresses }
    // Rotated, revoked or gone by its time in between: seen anew.
    await backOff(Math.min(attempt, 6))
  }
}

/** A key, those it was made in place of, and those made in its place. */
function relatives(all: readonly Listed[], of: KeyId): Listed[] {
  const found = new Set<KeyId>([of])
  for (let before = 0; before < found.size; ) {
    before = found.size
    for (const { keyId, replaces } of all)
      if (replaces !== undefined && (found.has(keyId) || found.has(replaces))) found.add(keyId).add(replaces)
  }
  return all.filter(({ keyId }) => found.has(keyId))
}

const holdTo = (customer: CustomerId, { keyId, hash }: Listed, { name, scope, addresses }: KeyTerms) => ({
  [`listed ${keyId}`]: {
    Update: {
      Key: keys.keyOf(customer, keyId),
      UpdateExpression: 'SET #name = :name, #scope = :scope, addresses = :addresses',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
      ExpressionAttributeNames: { '#name': 'name', '#scope': 'scope' },
      ExpressionAttributeValues: { ':name': name, ':scope': scope, ':addresses': addresses },
    },
  },
  [`key ${keyId}`]: {
    Update: {
      Key: keys.key(hash),
      UpdateExpression: 'SET #scope = :scope, addresses = :addresses',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#scope': 'scope' },
      ExpressionAttributeValues: { ':scope': scope, ':addresses': addresses },
    },
  },
})

interface OverseeKeys {
  /** By staff's hand, written with `audit`. Revoking again changes nothing. */
  revoke(customer: CustomerId, key: KeyId, audit: AuditRecord, now: Date): Promise<void>
}

export const overseeKeys = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['KEYS#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['KEYS#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['DeleteItem'], keys: ['KEY#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    async revoke(customer, wanted, audit, now) {
      const refused = await transactAudited(audit, now, end(customer, await known(customer, wanted, now), now))
      if (refused === 'oldKey') throw new Error('a key was there after it was removed')
    },
  }),
} satisfies Need<OverseeKeys>

/** A customer's keys as they stand, and how many there have ever been: who adds one makes sure that nobody else did meanwhile. */
interface Held {
  readonly all: readonly Listed[]
  readonly current: readonly Listed[]
  /** Rotated, and still open. */
  readonly closing: readonly Listed[]
  readonly added: number
}

interface Addition {
  readonly made: Made
  /** What becomes of the key in whose place it is. */
  readonly legs: Readonly<Partial<Record<'oldListed' | 'oldKey', NamedLeg>>>
}

/** Adds a key if the ones there are allow it; looked at anew whenever another was added or changed in between. */
async function add(customer: CustomerId, decide: (held: Held) => Addition, now: Date): Promise<NewKey> {
  for (let attempt = 1; ; attempt++) {
    const held = await holdings(customer, now)
    const { made, legs } = decide(held)
    const { key, secret, hash } = made
    const { keyId, createdAt, addresses, scope, ...rest } = key
    const refused = await transact({
      ...legs,
      account: countOne(customer, held.added),
      key: append({ ...keys.key(hash), customerId: customer, keyId, scope, addresses }),
      listed: append({ ...keys.keyOf(customer, keyId), keyId, ...rest, scope, addresses, hash, createdAt: iso(createdAt) }),
      prefix: append({ ...keys.prefix(key.prefix, keyId), keyId, customerId: customer }),
    })
    switch (refused) {
      case undefined:
        return { key, secret }
      case 'account':
      case 'oldListed':
      case 'oldKey':
        await backOff(Math.min(attempt, 6))
        continue
      case 'key':
      case 'listed':
      case 'prefix':
        throw new Error('32 random bytes came twice')
    }
  }
}

interface Made extends NewKey {
  readonly hash: KeyHash
}

function newKey(terms: KeyTerms, now: Date, replaces?: KeyId): Made {
  const secret = `pk_${randomBytes(32).toString('base64url')}`
  const key = {
    ...terms,
    keyId: keyId(randomBytes(8).toString('hex')),
    prefix: secret.slice(0, 9),
    createdAt: now,
    ...(replaces === undefined ? {} : { replaces }),
  }
  return { key, secret, hash: hashKey(secret) }
}

/** What a key’s successor was given must be what it is held to itself: written only while its terms are those that were read. */
const sameTerms = ({ name, scope, addresses }: Listed) => ({
  condition:
    '#name = :name AND (attribute_not_exists(#scope) OR #scope = :scope) AND (attribute_not_exists(addresses) OR addresses = :addresses)',
  names: { '#name': 'name', '#scope': 'scope' },
  values: { ':name': name, ':scope': scope, ':addresses': addresses },
})

/** The key goes on until then. The table removes it some time after, and the gateway hears of it by that. */
function close(customer: CustomerId, old: Listed, at: Date) {
  const { condition, names, values } = sameTerms(old)
  return {
    oldListed: {
      Update: {
        Key: keys.keyOf(customer, old.keyId),
        UpdateExpression: 'SET closesAt = :at, expiresAt = :expiresAt',
        ConditionExpression: `attribute_not_exists(revokedAt) AND attribute_not_exists(closesAt) AND ${condition}`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ':at': iso(at), ':expiresAt': goneFromLists(at), ...values },
      },
    },
    oldKey: {
      Update: {
        Key: keys.key(old.hash),
        UpdateExpression: 'SET closesAt = :at, expiresAt = :expiresAt',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: { ':at': iso(at), ':expiresAt': epochSeconds(at) },
      },
    },
  }
}

/** The key is replaced at once: it opens nothing from now on. */
function replace(customer: CustomerId, old: Listed, now: Date) {
  const { oldListed, oldKey } = end(customer, old, now)
  const { condition, names, values } = sameTerms(old)
  const { ConditionExpression, ExpressionAttributeValues, ...update } = oldListed.Update
  return {
    oldKey,
    oldListed: {
      Update: {
        ...update,
        ConditionExpression: `${ConditionExpression} AND ${condition}`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ...ExpressionAttributeValues, ...values },
      },
    },
  }
}

/** The key opens nothing from now on. */
const end = (customer: CustomerId, { keyId, hash }: Listed, now: Date) => ({
  oldListed: {
    Update: {
      Key: keys.keyOf(customer, keyId),
      UpdateExpression: 'SET revokedAt = :now, expiresAt = :expiresAt',
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(revokedAt)',
      ExpressionAttributeValues: { ':now': iso(now), ':expiresAt': goneFromLists(now) },
    },
  },
  oldKey: { Delete: { Key: keys.key(hash) } },
})

const goneFromLists = (at: Date): number => epochSeconds(later(at, listedDays * 86_400))

/** Counted where every new key of an account passes: a look at the list alone would let those through that come at once. */
const countOne = (customer: CustomerId, before: number): NamedLeg => ({
  Update: {
    Key: keys.customer(customer),
    UpdateExpression: 'SET keysAdded = :after',
    ConditionExpression: before === 0 ? 'attribute_exists(pk) AND attribute_not_exists(keysAdded)' : 'keysAdded = :before',
    ExpressionAttributeValues: { ':after': before + 1, ...(before === 0 ? {} : { ':before': before }) },
  },
})

/** Holds while no key was added to those that were read. */
const noneAdded = (customer: CustomerId, before: number): NamedLeg => ({
  Check: {
    Key: keys.customer(customer),
    ...(before === 0
      ? { ConditionExpression: 'attribute_not_exists(keysAdded)' }
      : { ConditionExpression: 'keysAdded = :before', ExpressionAttributeValues: { ':before': before } }),
  },
})

const accountItem = z.object({ keysAdded: z._default(integer, 0) })

async function holdings(customer: CustomerId, now: Date): Promise<Held> {
  const { db, name: TableName } = table()
  // First how many there were, then which: whatever is added between the two is found out when writing.
  const { Item } = await db.send(
    new GetCommand({ TableName, Key: keys.customer(customer), ConsistentRead: true, ProjectionExpression: 'pk, keysAdded' }),
  )
  if (!Item) throw new Refusal('customer-not-found')
  const all = await listed(customer, now)
  const open = all.filter((key) => opensAt(key, now))
  return {
    all,
    current: open.filter(({ closesAt }) => closesAt === undefined),
    closing: open.filter(({ closesAt }) => closesAt !== undefined),
    added: accountItem.parse(Item).keysAdded,
  }
}

const opensAt = ({ revokedAt, closesAt }: Listed, now: Date): boolean => !revokedAt && (!closesAt || closesAt > now)

/** One of these keys, while it opens anything. */
function opening(all: readonly Listed[], wanted: KeyId, now: Date): Listed {
  const key = all.find((one) => one.keyId === wanted && opensAt(one, now))
  if (!key) throw new Refusal('key-not-found')
  return key
}

async function known(customer: CustomerId, wanted: KeyId, now: Date): Promise<Listed> {
  const key = (await listed(customer, now)).find(({ keyId }) => keyId === wanted)
  if (!key) throw new Refusal('key-not-found')
  return key
}

async function listed(customer: CustomerId, now: Date): Promise<Listed[]> {
  const found = queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `KEYS#${customer}` },
    ConsistentRead: true,
  })
  const all: Listed[] = []
  for await (const item of found) if (isLeft(item, now)) all.push(listedItem.parse(item))
  return all
}
