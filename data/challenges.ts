import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { PutCommand } from '@aws-sdk/lib-dynamodb'
import { challengeBits, challengeSeconds, isFound } from '../core/inquiries/challenge.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import { epochSeconds, later } from '../core/time.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { mayPepper, nameless } from './pepper.ts'
import { table } from './table.ts'

interface IssueChallenges {
  /** Nothing is written for it: it proves itself when it comes back. */
  issue(now: Date): Promise<string>
}

export const issueChallenges = {
  allow: [mayPepper],
  open: () => ({ issue: (now) => issued(now, randomBytes(16).toString('base64url')) }),
} satisfies Need<IssueChallenges>

interface TakeSolutions {
  /** Refuses a challenge that is not ours, too old, unsolved or used before. */
  take(challenge: string, solution: string, now: Date): Promise<void>
}

export const takeSolutions = {
  allow: [mayPepper, { on: 'table', actions: ['PutItem'], keys: ['RATE#*'] }],
  open: () => ({
    async take(challenge, solution, now) {
      const [at = '', salt = ''] = challenge.split('.')
      const issuedAt = new Date(Number(at))
      const age = now.getTime() - issuedAt.getTime()
      // Before anything is asked of the table: a made-up time must not make it keep a key for that day.
      if (!(age >= -60_000 && age <= challengeSeconds * 1_000)) throw new Refusal('challenge-failed')
      if (!isEqual(challenge, await issued(issuedAt, salt))) throw new Refusal('challenge-failed')
      const hash = createHash('sha256').update(`${challenge}.${solution}`).digest()
      if (!isFound(hash, challengeBits)) throw new Refusal('challenge-failed')
      await spend(salt, issuedAt)
    },
  }),
} satisfies Need<TakeSolutions>

async function issued(at: Date, salt: string): Promise<string> {
  const plain = `${at.getTime()}.${salt}`
  return `${plain}.${(await nameless('challenge', at))(plain)}`
}

const isEqual = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest())

/** Once. Remembered for longer than it is good for. */
async function spend(salt: string, issuedAt: Date): Promise<void> {
  const { db, name: TableName } = table()
  const put = new PutCommand({
    TableName,
    Item: { ...keys.rate(salt, 'challenge'), uses: 1, expiresAt: epochSeconds(later(issuedAt, 2 * challengeSeconds)) },
    ConditionExpression: 'attribute_not_exists(pk)',
  })
  if ((await ifItHolds(() => db.send(put))) === undefined) throw new Refusal('challenge-failed')
}
