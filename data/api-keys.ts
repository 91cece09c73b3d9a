import { createHash, randomBytes } from 'node:crypto'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Service } from '../core/catalogue/service.ts'
import { type CustomerId, customerId, type KeyHash, type KeyId, keyHash, keyId, type ServiceId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import { iso } from '../core/time.ts'
import { getItems } from './get-items.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { readService } from './services.ts'
import { table } from './table.ts'
import { append, type NamedLeg, transact } from './transact.ts'

/** A key in its owner's list. The key itself is nowhere: it was shown once. */
export interface ApiKey {
  readonly keyId: KeyId
  readonly name: string
  /** The first characters, to tell keys apart by. */
  readonly prefix: string
  readonly createdAt: Date
  readonly revokedAt?: Date | undefined
}

/** Keys an account may hold at once. */
const mostKeys = 10

const keyItem = z.object({ customerId: id(customerId), keyId: id(keyId) })
const listedItem = z.object({
  keyId: id(keyId),
  name: z.string(),
  prefix: z.string(),
  hash: id(keyHash),
  createdAt: time,
  revokedAt: z.optional(time),
})

/** SHA-256, without salt: a key is 32 random bytes, there is nothing to guess. */
export const hashKey = (secret: string): KeyHash => keyHash(createHash('sha256').update(secret).digest('hex'))

/** Who a presented key belongs to; undefined for none. */
export async function ownerOfKey(hash: KeyHash): Promise<{ customerId: CustomerId; keyId: KeyId } | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.key(hash), ConsistentRead: true }))
  return Item && keyItem.parse(Item)
}

interface FindKeys {
  owner(hash: KeyHash): Promise<{ customerId: CustomerId; keyId: KeyId } | undefined>
}

export const findKeys = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['KEY#*'] }],
  open: () => ({ owner: ownerOfKey }),
} satisfies Need<FindKeys>

interface FindKeysAndServices {
  /** Who a presented key belongs to, and the service an order is for, in one call: neither depends on the other. */
  ownerAndService(
    hash: KeyHash,
    service: ServiceId,
  ): Promise<{ readonly owner: { readonly customerId: CustomerId } | undefined; readonly service: Service | undefined }>
}

export const findKeysAndServices = {
  // IAM wants all keys of a batch in one grant.
  allow: [{ on: 'table', actions: ['BatchGetItem'], keys: ['KEY#*', 'CATALOGUE'] }],
  open: () => ({
    async ownerAndService(hash, number) {
      const [key, service] = [keys.key(hash), keys.service(number)]
      // A key that was revoked a moment ago opens nothing.
      const items = await getItems([key, service], { consistent: true })
      const found = (pk: string) => items.find((item) => item['pk'] === pk)
      const [owner, sold] = [found(key.pk), found(service.pk)]
      return { owner: owner && keyItem.parse(owner), service: sold && readService(sold) }
    },
  }),
} satisfies Need<FindKeysAndServices>

interface ManageKeys {
  /** A new key. `secret` is shown to its owner now and cannot be had again. */
  create(customer: CustomerId, name: string, now: Date): Promise<{ key: ApiKey; secret: string }>
  /** All of a customer's keys, revoked ones too, newest first. */
  list(customer: CustomerId): Promise<ApiKey[]>
  /** From the next request on the key opens nothing. Revoking again changes nothing. */
  revoke(customer: CustomerId, key: KeyId, now: Date): Promise<void>
}

export const manageKeys = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['KEYS#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['KEY#*', 'KEYS#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['KEYS#*', 'CUSTOMER#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['DeleteItem'], keys: ['KEY#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async create(customer, name, now) {
      const secret = `pk_${randomBytes(32).toString('base64url')}`
      const hash = hashKey(secret)
      const key = { keyId: keyId(randomBytes(8).toString('hex')), name, prefix: secret.slice(0, 9), createdAt: now }
      const refused = await transact({
        account: countKeys(customer, 1),
        key: append({ ...keys.key(hash), customerId: customer, keyId: key.keyId }),
        listed: append({ ...keys.keyOf(customer, key.keyId), ...key, hash, createdAt: iso(now) }),
      })
      if (refused === 'account') throw new Refusal('too-many-keys')
      if (refused) throw new Error('32 random bytes came twice')
      return { key, secret }
    },
    async list(customer) {
      const found = await listed(customer)
      return found.map(({ hash: _, ...key }) => key).sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    },
    async revoke(customer, id, now) {
      const key = (await listed(customer)).find((other) => other.keyId === id)
      if (!key) throw new Refusal('key-not-found')
      await transact({
        listed: {
          Update: {
            Key: keys.keyOf(customer, id),
            UpdateExpression: 'SET revokedAt = :now',
            ConditionExpression: 'attribute_not_exists(revokedAt)',
            ExpressionAttributeValues: { ':now': iso(now) },
          },
        },
        key: { Delete: { Key: keys.key(key.hash) } },
        account: countKeys(customer, -1),
      })
    },
  }),
} satisfies Need<ManageKeys>

/** Counted where every key of an account passes: a count of the list would let those through that come at once. */
const countKeys = (customer: CustomerId, by: 1 | -1): NamedLeg => ({
  Update: {
    Key: keys.customer(customer),
    UpdateExpression: 'SET liveKeys = if_not_exists(liveKeys, :none) + :by',
    ConditionExpression: `attribute_exists(pk)${by === 1 ? ' AND (attribute_not_exists(liveKeys) OR liveKeys < :most)' : ''}`,
    ExpressionAttributeValues: { ':none': 0, ':by': by, ...(by === 1 ? { ':most': mostKeys } : {}) },
  },
})

async function listed(customer: CustomerId) {
  const found = queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': `KEYS#${customer}` },
    ConsistentRead: true,
  })
  const all: z.output<typeof listedItem>[] = []
  for await (const item of found) all.push(listedItem.parse(item))
  return all
}
