import * as z from 'zod/mini'
import type { KeyId } from '../../core/ids.ts'
import { mostAddresses } from '../../core/keys/allow-list.ts'
import { type KeyScope, keyScopes } from '../../core/keys/scopes.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(60))
const scope = z.enum(keyScopes)
const addresses = z.array(z.string().check(z.maxLength(60))).check(z.maxLength(mostAddresses))

/** What is asked for with a new key: everything, from everywhere, unless said otherwise. */
export const newKeyTerms = z.object({ name, scope: z._default(scope, 'all'), addresses: z._default(addresses, []) })
/** What a key is held to from now on; all of it is said. */
export const keyTerms = z.object({ name, scope, addresses })

export const keyView = z.object({
  keyId: z.string(),
  name: z.string(),
  prefix: z.string(),
  scope,
  addresses: z.array(z.string()),
  createdAt: moment,
  replaces: z.optional(z.string()),
  closesAt: z.optional(moment),
  revokedAt: z.optional(moment),
})

/** The key itself is in this answer and in no other. */
export const newKeyView = z.extend(keyView, { key: z.string() })

interface Key {
  readonly keyId: KeyId
  readonly name: string
  readonly prefix: string
  readonly scope: KeyScope
  readonly addresses: readonly string[]
  readonly createdAt: Date
  readonly replaces?: KeyId | undefined
  readonly closesAt?: Date | undefined
  readonly revokedAt?: Date | undefined
}

export const viewKey = ({ addresses, createdAt, closesAt, revokedAt, ...key }: Key): z.input<typeof keyView> => ({
  ...key,
  addresses: [...addresses],
  createdAt: iso(createdAt),
  closesAt: closesAt && iso(closesAt),
  revokedAt: revokedAt && iso(revokedAt),
})
