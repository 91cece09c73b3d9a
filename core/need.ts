import type { KeyScope } from './keys/scopes.ts'
import type { Permission } from './staff/permissions.ts'

/** The queues of the panel, by the noun of what travels in them. Each has a dead-letter queue, a worker and an alarm. */
export const queues = ['submit', 'poll', 'tasks', 'publish', 'keys', 'mail', 'files', 'archives', 'erasures', 'access-log'] as const
export type QueueName = (typeof queues)[number]

/** The environment variable that holds a queue's address. */
export const queueVariable = (queue: QueueName): string => `${queue.toUpperCase().replaceAll('-', '_')}_QUEUE_URL`

/** Item operations of a table that a grant may name. */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'BatchWriteItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem'

/**
 * What the identity provider may be asked for that needs leave, by the names of its own operations. What a client does
 * with its secret alone (signing up, signing in) needs none.
 */
export type PoolAction =
  | 'DescribeUserPoolClient'
  | 'AdminGetUser'
  | 'AdminUpdateUserAttributes'
  | 'AdminSetUserMFAPreference'
  | 'AdminDeleteUser'
  | 'AdminCreateUser'
  | 'AdminSetUserPassword'
  | 'AdminDeleteSoftwareToken'
  | 'ListUsers'

/** Operations on objects; `ListBucket` tells what is not there from what is forbidden, and lists one owner's. */
export type FileAction = 'GetObject' | 'PutObject' | 'DeleteObject' | 'ListBucket'
/** What lies in the bucket of files, each by its owner: `uploads/<customer>/<file>`. */
export const filePlaces = ['uploads', 'files', 'archives', 'disclosures'] as const
export type FilePlace = (typeof filePlaces)[number]

/**
 * What IAM must allow. `keys` are partition-key patterns, the boundary inside the one table; `onlyIn` confines a write
 * to a transaction.
 */
export type Grant =
  | {
      readonly on: 'table'
      readonly actions: readonly TableAction[]
      readonly keys: readonly string[]
      readonly onlyIn?: 'TransactWriteItems'
      /** Confines an update to these attributes, the key's own included; each is to be named by a placeholder. */
      readonly onlyAttributes?: readonly string[]
    }
  /** The same of the access log's own table. */
  | {
      readonly on: 'log-table'
      readonly actions: readonly TableAction[]
      readonly keys: readonly string[]
      readonly onlyIn?: 'TransactWriteItems'
      readonly onlyAttributes?: readonly string[]
    }
  /** The edge's log files, as they were delivered. */
  | { readonly on: 'log-files' }
  | { readonly on: 'index'; readonly index: 'accepted' | 'open' }
  | { readonly on: 'queue'; readonly queue: QueueName }
  | { readonly on: 'pool'; readonly pool: 'customers' | 'staff'; readonly actions: readonly PoolAction[] }
  /**
   * What everybody may read; with `under: 'offers'` the providers' catalogues, with `under: 'measured'` how orders ended: both
   * for staff alone.
   */
  | { readonly on: 'snapshots'; readonly actions: readonly ('GetObject' | 'PutObject')[]; readonly under?: 'offers' | 'measured' }
  /** What customers uploaded: as it came, as it is kept, and what is made for them to take away. */
  | { readonly on: 'files'; readonly actions: readonly FileAction[]; readonly under: FilePlace | 'erasures' }
  | { readonly on: 'provider-keys'; readonly actions: readonly ('GenerateDataKey' | 'Decrypt')[] }
  | { readonly on: 'mail' }
  | { readonly on: 'gateway-keys' }
  | { readonly on: 'edge-secret' }
  /** Calls addresses outside AWS. IAM has no say in it; the runbook and the reader do. */
  | { readonly on: 'providers' }
  /** Asks the one source of exchange rates that the operator set, if any. */
  | { readonly on: 'rates' }

/** Something a function may be handed: how to open it when it runs, and what it must be allowed for that. */
export interface Need<T> {
  readonly allow: readonly Grant[]
  readonly open: () => T
}

/** The opened form of a record of needs: what `run` receives as `uses`. */
export type Opened<U> = { readonly [K in keyof U]: U[K] extends Need<infer T> ? T : never }

/** What the gateway found in a valid access token, or behind a good key. */
export interface Claims {
  readonly subject: string
  readonly session: string
  /** Of a key. */
  readonly scope?: KeyScope | undefined
}

/** What an arriving request shows at the door. */
export interface Knock {
  /** What the edge put on the request to prove that it came through it. */
  readonly edgeSecret: string | undefined
  readonly claims: Claims | undefined
  readonly now: Date
}

/** How an account can stand that orders nothing and opens next to nothing. */
export type Unusable = 'suspended' | 'closed'

/**
 * Who may call: lets a knock in as a caller, or refuses. Carries its grants like any other need, so that an endpoint that
 * names who may call it has said everything.
 */
export interface Who<Caller> extends Need<{ admit(knock: Knock): Promise<Caller> }> {
  readonly kind: 'anyone' | 'customer' | 'staff' | 'reseller'
  /** For staff: the row of the table of permissions. */
  readonly permission?: Permission
  /** For customers: whose account may stand so, too. Nobody’s, unless it is said. */
  readonly even?: readonly Unusable[]
}
