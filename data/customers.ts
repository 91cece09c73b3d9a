import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { firstPreferences, languages, type Preferences, themes } from '../core/identity/preferences.ts'
import { type Suspension, type SuspensionReason, suspensionReasons } from '../core/identity/suspension.ts'
import { type CustomerId, customerId, type FileId, fileId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { iso } from '../core/time.ts'
import { acceptanceLegs } from './acceptances.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { id, integer, time } from './read.ts'
import { notLapsed } from './sign-ups.ts'
import { table } from './table.ts'
import { append, transact } from './transact.ts'
import { emptyWalletItem } from './wallets.ts'

export interface Customer {
  readonly customerId: CustomerId
  readonly fullName: string
  readonly email: string
  /** A closed one can be kept by its owner until its erasure begins. */
  readonly status: 'active' | 'suspended' | 'closed'
  readonly suspension?: Suspension | undefined
  /** The latest version of the policy that was accepted, and when. */
  readonly terms: { readonly version: number; readonly acceptedAt: Date }
  readonly createdAt: Date
  readonly preferences: Preferences
  /** Which file is the picture of the account. */
  readonly avatar?: FileId | undefined
}

const customerItem = z.object({
  customerId: id(customerId),
  fullName: z.string(),
  email: z.string(),
  status: z.enum(['active', 'suspended', 'closed']),
  suspension: z.optional(z.object({ since: time, reason: z.optional(z.enum(suspensionReasons)) })),
  terms: z.object({ version: integer, acceptedAt: time }),
  createdAt: time,
  preferences: z._default(
    z.object({
      language: z.enum(languages),
      theme: z.enum(themes),
      currency: z.optional(z.string()),
      announcements: z.boolean(),
      ticketMails: z._default(z.boolean(), true),
      changes: z._default(z.boolean(), false),
    }),
    firstPreferences,
  ),
  avatar: z.optional(id(fileId)),
})

export const readCustomer = (item: unknown): Customer => customerItem.parse(item)

interface ReadCustomers {
  get(id: CustomerId): Promise<Customer | undefined>
  /** The account of whoever asks. Refuses when it is gone since they were let in. */
  own(id: CustomerId): Promise<Customer>
}

export const readCustomers = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['CUSTOMER#*'] }],
  open: () => ({
    get,
    async own(id) {
      const account = await get(id)
      if (!account) throw new Refusal('session-ended')
      return account
    },
  }),
} satisfies Need<ReadCustomers>

async function get(id: CustomerId): Promise<Customer | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.customer(id), ConsistentRead: true }))
  return Item && readCustomer(Item)
}

interface OpenAccounts {
  /** The account and its empty wallet. Opening one that exists changes nothing; a sign-up that lapsed is none any more. */
  openOnce(customer: Omit<Customer, 'status' | 'createdAt' | 'preferences'>, now: Date): Promise<void>
}

export const openAccounts = {
  allow: [
    { on: 'table', actions: ['PutItem'], keys: ['CUSTOMER#*', 'WALLET#*', 'ROLL', 'ACCEPTANCE#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['ACCEPTED#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['LAPSED#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async openOnce({ customerId, fullName, email, terms }, now) {
      const account = {
        ...keys.customer(customerId),
        customerId,
        fullName,
        email,
        status: 'active',
        terms: { version: terms.version, acceptedAt: iso(terms.acceptedAt) },
        createdAt: iso(now),
      }
      const refused = await transact({
        signUp: notLapsed(customerId),
        account: append(account),
        wallet: append(emptyWalletItem(customerId, terms.version)),
        roll: append(keys.roll(customerId)),
        // P-RT-4: the first that is accepted is accepted at registration.
        ...acceptanceLegs(customerId, { version: terms.version, at: terms.acceptedAt }),
      })
      if (refused === 'signUp') throw new Refusal('credentials-invalid')
    },
  }),
} satisfies Need<OpenAccounts>

interface CorrectEmails {
  /** The account has the email that its identity has. */
  correct(id: CustomerId, email: string): Promise<void>
}

export const correctEmails = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['CUSTOMER#*'] }],
  open: () => ({
    async correct(id, email) {
      const { db, name: TableName } = table()
      await db.send(
        new UpdateCommand({
          TableName,
          Key: keys.customer(id),
          UpdateExpression: 'SET email = :email',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':email': email },
        }),
      )
    },
  }),
} satisfies Need<CorrectEmails>

interface CorrectNames {
  correct(id: CustomerId, fullName: string): Promise<void>
}

export const correctNames = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['CUSTOMER#*'] }],
  open: () => ({
    async correct(id, fullName) {
      const { db, name: TableName } = table()
      await db.send(
        new UpdateCommand({
          TableName,
          Key: keys.customer(id),
          UpdateExpression: 'SET fullName = :fullName',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':fullName': fullName },
        }),
      )
    },
  }),
} satisfies Need<CorrectNames>

interface KeepPreferences {
  keep(id: CustomerId, preferences: Preferences): Promise<void>
}

export const keepPreferences = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['CUSTOMER#*'] }],
  open: () => ({
    async keep(id, preferences) {
      const { db, name: TableName } = table()
      await db.send(
        new UpdateCommand({
          TableName,
          Key: keys.customer(id),
          UpdateExpression: 'SET preferences = :preferences',
          ConditionExpression: 'attribute_exists(pk)',
          ExpressionAttributeValues: { ':preferences': preferences },
        }),
      )
    },
  }),
} satisfies Need<KeepPreferences>

interface SuspendAccounts {
  /**
   * Stops or lets go on: orders, keys and sessions feel it at their next step. Written with `audit`. The owner is told
   * `reason`, if any.
   */
  setStatus(id: CustomerId, status: 'active' | 'suspended', audit: AuditRecord, now: Date, reason?: SuspensionReason): Promise<void>
}

export const suspendAccounts = {
  allow: [
    { on: 'table', actions: ['UpdateItem'], keys: ['CUSTOMER#*', 'WALLET#*'], onlyIn: 'TransactWriteItems' },
    ...readCustomers.allow,
    ...mayAudit,
  ],
  open: (): SuspendAccounts => ({
    async setStatus(id, status, audit, now, reason) {
      const suspended = status === 'suspended'
      const refused = await transactAudited(audit, now, {
        account: {
          Update: {
            Key: keys.customer(id),
            UpdateExpression: suspended
              ? 'SET #status = :status, suspension = :suspension'
              : 'SET #status = :status REMOVE suspension',
            ConditionExpression: 'attribute_exists(pk) AND #status <> :closed',
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':status': status,
              ':closed': 'closed',
              ...(suspended ? { ':suspension': { since: iso(now), reason } } : {}),
            },
          },
        },
        wallet: {
          Update: {
            Key: keys.wallet(id),
            UpdateExpression: 'SET active = :active',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':active': status === 'active' },
          },
        },
      })
      if (refused) throw new Refusal((await get(id)) ? 'account-closed' : 'customer-not-found')
    },
  }),
} satisfies Need<SuspendAccounts>
