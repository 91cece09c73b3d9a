import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, type SessionId, type StaffId, sessionId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { periods } from '../core/privacy/periods.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { getItems, type Key } from './get-items.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { table } from './table.ts'
import type { NamedLeg } from './transact.ts'

/** A sign-in that is still good. The one place, with the access log, where an address and a browser are kept (P-COL-5). */
export interface Session {
  readonly sessionId: SessionId
  readonly address: string
  readonly browser: string
  readonly beganAt: Date
  readonly seenAt: Date
}

const sessionItem = z.object({
  sessionId: id(sessionId),
  address: z.string(),
  browser: z.string(),
  beganAt: time,
  seenAt: time,
  expiresAt: z.int(),
})

/** A session and the person it belongs to, read at once; a session that has run out is not there. */
export async function readWithOwner(
  session: Key,
  owner: Key,
  now: Date,
): Promise<{ session: Session | undefined; owner: unknown }> {
  const items = await getItems([session, owner], { consistent: true })
  const found = items.find((item) => item['pk'] === session.pk)
  const parsed = found && sessionItem.parse(found)
  return {
    session: parsed && parsed.expiresAt > epochSeconds(now) ? parsed : undefined,
    owner: items.find((item) => item['pk'] === owner.pk),
  }
}

interface KeepSessions<Owner> {
  begin(owner: Owner, session: Omit<Session, 'seenAt'>): Promise<void>
  /** The session was used again, perhaps under a new token family. False when it was ended meanwhile. */
  renew(owner: Owner, from: SessionId, session: Omit<Session, 'beganAt'>): Promise<boolean>
  end(owner: Owner, session: SessionId): Promise<void>
  /** Ends every session there is: somebody may have had the old password. */
  endAll(owner: Owner): Promise<void>
}

const keepSessions = <Owner>(pattern: string, keyOf: (owner: Owner, session: SessionId) => { pk: string; sk: string }) =>
  ({
    allow: [{ on: 'table', actions: ['PutItem', 'UpdateItem', 'DeleteItem', 'Query'], keys: [pattern] }],
    open: () => ({
      async begin(owner, session) {
        const { db, name: TableName } = table()
        await db.send(
          new PutCommand({ TableName, Item: asItem(keyOf(owner, session.sessionId), { ...session, seenAt: session.beganAt }) }),
        )
      },
      async renew(owner, from, session) {
        const seen = await markSeen(keyOf(owner, from), session)
        if (!seen || from === session.sessionId) return seen !== undefined
        const { db, name: TableName } = table()
        // The old family lives on for the minute in which another tab may still come with it.
        await db.send(
          new PutCommand({
            TableName,
            Item: { ...asItem(keyOf(owner, from), seen), expiresAt: epochSeconds(later(session.seenAt, 60)) },
          }),
        )
        await db.send(
          new PutCommand({ TableName, Item: asItem(keyOf(owner, session.sessionId), { ...session, beganAt: seen.beganAt }) }),
        )
        return true
      },
      async end(owner, session) {
        await remove(keyOf(owner, session))
      },
      async endAll(owner) {
        for (const session of await allOf(keyOf(owner, sessionId('')).pk)) await remove(keyOf(owner, session.sessionId))
      },
    }),
  }) satisfies Need<KeepSessions<Owner>>

interface ReadSessions {
  /** Those that are still good, the one that was used last first. */
  list(customer: CustomerId, now: Date): Promise<Session[]>
}

/** Where a customer is signed in. */
export const readSessions = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['SESSION#*'] }],
  open: () => ({
    async list(customer, now) {
      const sessions = await allOf(keys.session(customer, sessionId('')).pk)
      return sessions
        .filter(({ expiresAt }) => expiresAt > epochSeconds(now))
        .toSorted((one, other) => other.seenAt.getTime() - one.seenAt.getTime())
    },
  }),
} satisfies Need<ReadSessions>

interface ManageSessions {
  /** From its next step on the session is ended. False when there is no such session. */
  revoke(customer: CustomerId, session: SessionId): Promise<boolean>
  /** Ends every session but one. */
  revokeOthers(customer: CustomerId, keep: SessionId): Promise<void>
}

export const manageSessions = {
  allow: [{ on: 'table', actions: ['Query', 'DeleteItem'], keys: ['SESSION#*'] }],
  open: () => ({
    revoke: (customer, session) => remove(keys.session(customer, session)),
    async revokeOthers(customer, keep) {
      for (const { sessionId } of await allOf(keys.session(customer, keep).pk))
        if (sessionId !== keep) await remove(keys.session(customer, sessionId))
    },
  }),
} satisfies Need<ManageSessions>

interface OverseeSessions {
  /** From its next step on the session is ended. Written with `audit`; refuses a session that is not there. */
  end(customer: CustomerId, session: SessionId, audit: AuditRecord, now: Date): Promise<void>
  /** Ends every session there is. Written with `audit`. */
  endAll(customer: CustomerId, audit: AuditRecord, now: Date): Promise<void>
}

/** What staff may do about a customer's sessions. */
export const overseeSessions = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['SESSION#*'] },
    { on: 'table', actions: ['DeleteItem'], keys: ['SESSION#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    async end(customer, session, audit, now) {
      const gone: NamedLeg = { Delete: { Key: keys.session(customer, session), ConditionExpression: 'attribute_exists(pk)' } }
      if (await transactAudited(audit, now, { gone })) throw new Refusal('session-not-found')
    },
    async endAll(customer, audit, now) {
      const all = await allOf(keys.session(customer, sessionId('')).pk)
      for (let first = 0; first === 0 || first < all.length; first += mostInOneWrite) {
        const some = all.slice(first, first + mostInOneWrite)
        const legs = some.map(({ sessionId }, leg): [string, NamedLeg] => [
          `session${leg}`,
          { Delete: { Key: keys.session(customer, sessionId) } },
        ])
        await transactAudited(audit, now, Object.fromEntries(legs))
      }
    },
  }),
} satisfies Need<OverseeSessions>

const mostInOneWrite = 90

async function allOf(pk: string) {
  const sessions: z.output<typeof sessionItem>[] = []
  const found = queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
  })
  for await (const item of found) sessions.push(sessionItem.parse(item))
  return sessions
}

async function remove(key: Key): Promise<boolean> {
  const { db, name: TableName } = table()
  const { Attributes } = await db.send(new DeleteCommand({ TableName, Key: { ...key }, ReturnValues: 'ALL_OLD' }))
  return Attributes !== undefined
}

async function markSeen(key: { pk: string; sk: string }, session: Omit<Session, 'beganAt'>): Promise<Session | undefined> {
  const { db, name: TableName } = table()
  const again = new UpdateCommand({
    TableName,
    Key: key,
    UpdateExpression: 'SET seenAt = :seenAt, address = :address, browser = :browser, expiresAt = :expiresAt',
    ConditionExpression: 'expiresAt > :now',
    ExpressionAttributeValues: {
      ':seenAt': iso(session.seenAt),
      ':address': session.address,
      ':browser': session.browser,
      ':expiresAt': expiry(session.seenAt),
      ':now': epochSeconds(session.seenAt),
    },
    ReturnValues: 'ALL_NEW',
  })
  const seen = await ifItHolds(() => db.send(again))
  return seen && sessionItem.parse(seen.Attributes)
}

const expiry = (seenAt: Date): number => epochSeconds(later(seenAt, periods.sessionDays * 86_400))

const asItem = (key: { pk: string; sk: string }, session: Session) => ({
  ...key,
  sessionId: session.sessionId,
  address: session.address,
  browser: session.browser,
  beganAt: iso(session.beganAt),
  seenAt: iso(session.seenAt),
  expiresAt: expiry(session.seenAt),
})

export const keepCustomerSessions = keepSessions<CustomerId>('SESSION#*', keys.session)
export const keepStaffSessions = keepSessions<StaffId>('STAFF-SESSION#*', keys.staffSession)
