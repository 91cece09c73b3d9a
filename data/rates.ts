import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { KeyHash } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import { epochSeconds } from '../core/time.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { mayPepper, nameless } from './pepper.ts'
import { table } from './table.ts'

/** So many uses within a window. */
export interface Limit {
  readonly uses: number
  readonly windowSeconds: number
}

/** What one address may try: generous, because many people can be behind one. */
const perAddress: Limit = { uses: 300, windowSeconds: 600 }

/** Wrong passwords for one email, whichever door they come in by. */
export const signInsPerEmail: Limit = { uses: 20, windowSeconds: 600 }
/** Tries of a signed-in customer at proving who he is once more. */
export const provingsPerAccount: Limit = { uses: 20, windowSeconds: 600 }

/** Keys a customer may make or rotate in a day, and change: each leaves a row behind, also when it is revoked at once, or a mail. */
export const newKeys: Limit = { uses: 100, windowSeconds: 86_400 }

/** Tickets a customer may open in an hour, and messages. */
export const newTickets: Limit = { uses: 20, windowSeconds: 3600 }
export const newMessages: Limit = { uses: 120, windowSeconds: 3600 }
/** Times a customer may correct their name in a day. */
export const newNames: Limit = { uses: 20, windowSeconds: 86_400 }

/** Files a customer may announce in an hour. */
export const uploadsPerAccount: Limit = { uses: 60, windowSeconds: 3_600 }
/** The same for a member of staff, who answers many. */
export const uploadsPerStaff: Limit = { uses: 300, windowSeconds: 3_600 }

/** Letters without an account: from one address, which many may share, in an hour; and with one email in a day. */
export const inquiriesPerAddress: Limit = { uses: 20, windowSeconds: 3600 }
export const inquiriesPerEmail: Limit = { uses: 5, windowSeconds: 86_400 }

interface LimitAttempts {
  /**
   * Counts one attempt at `what` by each of `whom` (an address, an email), each against its own limit, in this order. Refuses with
   * `too-many-requests` when one of them has had its share. What is stored is a hash under a key that is thrown away
   * after two days.
   */
  count(what: string, whom: readonly Share[], now: Date): Promise<void>
  /** The same for one who comes from `address`, which is counted first, against what any address may. */
  countFrom(address: string, what: string, whom: readonly Share[], now: Date): Promise<void>
}

/** Somebody, and what they may. */
type Share = readonly [who: string, limit: Limit]

export const limitAttempts = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['RATE#*'] }, mayPepper],
  open: () => ({
    count,
    countFrom: (address, what, whom, now) => count(what, [[address, perAddress], ...whom], now),
  }),
} satisfies Need<LimitAttempts>

async function count(what: string, whom: readonly Share[], now: Date): Promise<void> {
  const name = await nameless(what, now)
  // One after the other: an address that has had its share must not use up somebody else's.
  for (const [who, limit] of whom) if (!(await take(name(who), 1, limit, now))) throw new Refusal('too-many-requests')
}

/** Counts `uses` in the window of now. False when the window was full before. */
async function take(of: string, uses: number, limit: Limit, now: Date): Promise<boolean> {
  const { db, name: TableName } = table()
  const window = Math.floor(epochSeconds(now) / limit.windowSeconds)
  const more = new UpdateCommand({
    TableName,
    Key: keys.rate(of, `${limit.windowSeconds}-${window}`),
    UpdateExpression: 'SET expiresAt = :expiresAt ADD uses :uses',
    ConditionExpression: 'attribute_not_exists(uses) OR uses < :most',
    ExpressionAttributeValues: { ':uses': uses, ':most': limit.uses, ':expiresAt': (window + 2) * limit.windowSeconds },
  })
  return (await ifItHolds(() => db.send(more))) !== undefined
}

/** Requests taken from a key's share at once: an instance writes once in twenty requests. */
const leaseSize = 20

/** What a key may do, on every tier there is so far. */
export const keyLimit: Limit = { uses: 6_000, windowSeconds: 60 }

/** Tokens in hand for the window. */
interface Lease {
  readonly window: number
  left: number
  /** There are no more to be had. */
  full: boolean
  /** More are on their way: who needs one waits, and does not ask for a lease of their own that nobody would use up. */
  coming: Promise<void> | undefined
}
const leases = new Map<KeyHash, Lease>()

interface LimitKeys {
  /** Counts one request with this key: false when it has had its share of the minute. */
  allow(key: KeyHash, now: Date): Promise<boolean>
}

export const limitKeys = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['RATE#*'] }],
  open: () => ({
    async allow(key, now) {
      const lease = leaseOf(key, Math.floor(epochSeconds(now) / keyLimit.windowSeconds))
      while (lease.left === 0 && !lease.full) {
        lease.coming ??= renew(lease, key, now)
        await lease.coming
      }
      if (lease.left === 0) return false
      lease.left--
      return true
    },
  }),
} satisfies Need<LimitKeys>

function leaseOf(key: KeyHash, window: number): Lease {
  const lease = leases.get(key)
  if (lease?.window === window) return lease
  if (leases.size > 10_000) leases.clear()
  const fresh: Lease = { window, left: 0, full: false, coming: undefined }
  leases.set(key, fresh)
  return fresh
}

async function renew(lease: Lease, key: KeyHash, now: Date): Promise<void> {
  try {
    if (await take(key, leaseSize, keyLimit, now)) lease.left += leaseSize
    else lease.full = true
  } finally {
    lease.coming = undefined
  }
}
