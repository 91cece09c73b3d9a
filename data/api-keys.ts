import { createHash } from 'node:crypto'
import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { Service } from '../core/catalogue/service.ts'
import { type CustomerId, customerId, type KeyHash, type KeyId, keyHash, keyId, type ServiceId } from '../core/ids.ts'
import { letsIn } from '../core/keys/allow-list.ts'
import { type KeyScope, keyScopes } from '../core/keys/scopes.ts'
import type { Need } from '../core/need.ts'
import type { Binding } from '../core/policy/binding.ts'
import { readBindings } from './bindings.ts'
import { getItems } from './get-items.ts'
import { keys } from './keys.ts'
import { id, time } from './read.ts'
import { readService } from './services.ts'
import { table } from './table.ts'

/** SHA-256, without salt: a key is 32 random bytes, there is nothing to guess. */
export const hashKey = (secret: string): KeyHash => keyHash(createHash('sha256').update(secret).digest('hex'))

/** A key as somebody presents it: its hash, and the address the edge saw. */
export interface Presented {
  readonly hash: KeyHash
  readonly address: string
}

/** What a presented key opens. Whoever is not let in learns nothing of why. */
export type Looked =
  | { readonly opens: true; readonly customerId: CustomerId; readonly keyId: KeyId; readonly scope: KeyScope }
  /** `of` where there is such a key, and it must not be used from here. */
  | { readonly opens: false; readonly of?: { readonly customerId: CustomerId; readonly keyId: KeyId } }

const keyItem = z.object({
  customerId: id(customerId),
  keyId: id(keyId),
  scope: z._default(z.enum(keyScopes), 'all'),
  addresses: z._default(z.array(z.string()), []),
  closesAt: z.optional(time),
})

/** A key that was rotated closes at its time, whenever the table gets round to removing it. */
const isOpen = ({ closesAt }: z.output<typeof keyItem>, now: Date): boolean => closesAt === undefined || closesAt > now

function look(item: unknown, address: string, now: Date): Looked {
  if (item === undefined) return { opens: false }
  const key = keyItem.parse(item)
  if (!isOpen(key, now)) return { opens: false }
  const of = { customerId: key.customerId, keyId: key.keyId }
  return letsIn(key.addresses, address) ? { opens: true, ...of, scope: key.scope } : { opens: false, of }
}

async function getKey(hash: KeyHash): Promise<unknown> {
  const { db, name: TableName } = table()
  // A key that was revoked a moment ago opens nothing.
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.key(hash), ConsistentRead: true }))
  return Item
}

interface FindKeys {
  /** Who a presented key belongs to. */
  owner(presented: Presented, now: Date): Promise<Looked>
  /** Whether this key opens anything, from wherever. */
  isOpen(hash: KeyHash, now: Date): Promise<boolean>
}

export const findKeys = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['KEY#*'] }],
  open: () => ({
    owner: async ({ hash, address }, now) => look(await getKey(hash), address, now),
    async isOpen(hash, now) {
      const item = await getKey(hash)
      return item !== undefined && isOpen(keyItem.parse(item), now)
    },
  }),
} satisfies Need<FindKeys>

interface FindKeysAndServices {
  /** Who a presented key belongs to, and what an order depends on, in one call: neither depends on the other. */
  ownerAndService(
    presented: Presented,
    service: ServiceId,
    now: Date,
  ): Promise<{ readonly owner: Looked; readonly service: Service | undefined; readonly bindings: readonly Binding[] }>
}

export const findKeysAndServices = {
  // IAM wants all keys of a batch in one grant.
  allow: [{ on: 'table', actions: ['BatchGetItem'], keys: ['KEY#*', 'CATALOGUE', 'BINDING'] }],
  open: () => ({
    async ownerAndService({ hash, address }, number, now) {
      const [key, service, bound] = [keys.key(hash), keys.service(number), keys.bindings()]
      const items = await getItems([key, service, bound], { consistent: true })
      const found = (pk: string) => items.find((item) => item['pk'] === pk)
      const sold = found(service.pk)
      return {
        owner: look(found(key.pk), address, now),
        service: sold && readService(sold),
        bindings: readBindings(found(bound.pk)),
      }
    },
  }),
} satisfies Need<FindKeysAndServices>
