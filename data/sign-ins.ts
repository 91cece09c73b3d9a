import { createHash, randomBytes } from 'node:crypto'
import { PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { sourceOf } from '../core/network/networks.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { failedSignIns, keys } from './keys.ts'
import { integer, time } from './read.ts'
import { table } from './table.ts'

/** How long a sign-in is told of. */
const historyDays = 90
/** Of one look, the newest who came in; and of the tries that failed, of each kind. */
const mostRows = 100
const mostFailures = 50

/** By which proof somebody came in, or at which he did not. */
const failures = ['wrong-password', 'wrong-code'] as const
const outcomes = ['password', 'app', 'recovery-code', ...failures] as const
type Outcome = (typeof outcomes)[number]
type Failure = (typeof failures)[number]

interface From {
  readonly address: string
  readonly browser: string
  readonly at: Date
}

export interface SignIn extends From {
  readonly outcome: Outcome
  /** Tries that failed from one address within an hour are one row, and its browser is the last of them: any may be claimed. */
  readonly times: number
}

interface NoteSignIns {
  note(customer: CustomerId, signIn: From & { readonly outcome: Exclude<Outcome, Failure> }): Promise<void>
  /** Never fails: who typed a wrong password hears of that, and of nothing else. */
  noteFailure(customer: CustomerId | undefined, failure: From & { readonly outcome: Failure }): Promise<void>
}

const expiry = (at: Date): number => epochSeconds(later(at, historyDays * 86_400))

/** From the sign-in itself: the access log comes late, and knows no accounts. */
export const noteSignIns = {
  allow: [{ on: 'table', actions: ['PutItem', 'UpdateItem'], keys: ['SIGN-IN#*'] }],
  open: () => ({
    async note(customer, { outcome, address, browser, at }) {
      const { db, name: TableName } = table()
      const key = keys.signIn(customer, at, randomBytes(6).toString('base64url'))
      const item = { ...key, outcome, address, browser, at: iso(at), times: 1, expiresAt: expiry(at) }
      await db.send(new PutCommand({ TableName, Item: item }))
    },
    async noteFailure(customer, failure) {
      if (customer !== undefined) await addFailure(customer, failure).catch(() => undefined)
    },
  }),
} satisfies Need<NoteSignIns>

async function addFailure(customer: CustomerId, { outcome, address, browser, at }: From & { outcome: Failure }): Promise<void> {
  const { db, name: TableName } = table()
  const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000)
  const from = createHash('sha256').update(sourceOf(address)).digest('base64url').slice(0, 10)
  await db.send(
    new UpdateCommand({
      TableName,
      Key: keys.failedSignIn(customer, outcome, hour, from),
      UpdateExpression:
        'SET outcome = :outcome, address = :address, browser = :browser, #at = :at, expiresAt = :expiresAt ADD #times :one',
      ExpressionAttributeNames: { '#at': 'at', '#times': 'times' },
      ExpressionAttributeValues: {
        ':outcome': outcome,
        ':address': address,
        ':browser': browser,
        ':at': iso(at),
        ':expiresAt': expiry(at),
        ':one': 1,
      },
    }),
  )
}

export interface SignIns {
  readonly cameIn: readonly SignIn[]
  readonly failed: readonly SignIn[]
}

interface ReadSignIns {
  /** Each the newest first; what has expired is not told. Who tries however often pushes nobody who came in off the list. */
  list(customer: CustomerId, now: Date): Promise<SignIns>
}

const signInItem = z.object({ outcome: z.enum(outcomes), address: z.string(), browser: z.string(), at: time, times: integer })

export const readSignIns = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['SIGN-IN#*'] }],
  open: () => ({
    async list(customer, now) {
      const [cameIn, ...failed] = await Promise.all([
        newest(customer, 'sk < :place', failedSignIns(), mostRows, now),
        ...failures.map((outcome) => newest(customer, 'begins_with(sk, :place)', failedSignIns(outcome), mostFailures, now)),
      ])
      return { cameIn, failed: failed.flat().toSorted(byTime) }
    },
  }),
} satisfies Need<ReadSignIns>

const byTime = (one: SignIn, other: SignIn): number => other.at.getTime() - one.at.getTime()

async function newest(customer: CustomerId, which: string, place: string, most: number, now: Date): Promise<SignIn[]> {
  const { db, name: TableName } = table()
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: `pk = :pk AND ${which}`,
      FilterExpression: 'expiresAt > :now',
      ExpressionAttributeValues: {
        ':pk': keys.signIn(customer, now, '').pk,
        ':place': place,
        ':now': epochSeconds(now),
      },
      ScanIndexForward: false,
      Limit: most,
    }),
  )
  return Items.map((item) => signInItem.parse(item)).sort(byTime)
}
