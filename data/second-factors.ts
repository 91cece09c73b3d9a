import { createHash, randomBytes } from 'node:crypto'
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { recoveryCode, recoveryCodesGiven } from '../core/identity/recovery-codes.ts'
import type { CustomerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { time } from './read.ts'
import { table } from './table.ts'
import { append, type NamedLeg, transact } from './transact.ts'

/** What the panel keeps of a customer's second factor. The app's secret is the identity provider's, and is not in here. */
export interface SecondFactor {
  readonly since: Date
  /** Recovery codes that were not used yet. */
  readonly codesLeft: number
}

/** Whether there is one: `APP`. A recovery code by its hash: `CODE#…`. A code of the app that was used: `USED#…`. */
const appItem = z.object({ since: time, codesMadeAt: z.string() })
const codePrefix = 'CODE#'

interface ReadSecondFactors {
  of(customer: CustomerId): Promise<SecondFactor | undefined>
}

export const readSecondFactors = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['SECOND-FACTOR#*'] }],
  open: () => ({
    async of(customer) {
      const { app, codes } = await all(customer)
      return app && { since: app.since, codesLeft: codes.length }
    },
  }),
} satisfies Need<ReadSecondFactors>

interface KeepSecondFactors {
  /** New recovery codes in place of all there were, of a second factor that is on from now at the latest. */
  giveCodes(customer: CustomerId, now: Date): Promise<string[]>
  /** The identity provider asks for one: so it is on, whatever came in between when it was turned on. */
  note(customer: CustomerId, now: Date): Promise<void>
  /** Nothing is left of it. */
  forget(customer: CustomerId): Promise<void>
}

export const keepSecondFactors = {
  allow: [
    { on: 'table', actions: ['Query', 'PutItem', 'DeleteItem'], keys: ['SECOND-FACTOR#*'] },
    { on: 'table', actions: ['PutItem', 'DeleteItem'], keys: ['SECOND-FACTOR#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async giveCodes(customer, now) {
      for (;;) {
        const fresh = Array.from({ length: recoveryCodesGiven }, () => recoveryCode(randomBytes(10)))
        if (await replaceCodes(customer, fresh, now)) return fresh
      }
    },
    async note(customer, now) {
      await transact({ app: append({ ...keys.secondFactor(customer, 'APP'), since: iso(now), codesMadeAt: iso(now) }) })
    },
    async forget(customer) {
      const { items } = await all(customer)
      for (const { pk, sk } of items) {
        const { db, name: TableName } = table()
        await db.send(new DeleteCommand({ TableName, Key: { pk, sk } }))
      }
    },
  }),
} satisfies Need<KeepSecondFactors>

interface SpendCodes {
  /** Uses a recovery code up. False when there is none like it: of two who come with it at once, one hears false. */
  recovery(customer: CustomerId, code: string): Promise<boolean>
  /** Marks a code of the app as used. False when it was: the window in which an app's code is right is longer than one use. */
  ofApp(customer: CustomerId, code: string, now: Date): Promise<boolean>
}

export const spendCodes = {
  allow: [{ on: 'table', actions: ['PutItem', 'DeleteItem'], keys: ['SECOND-FACTOR#*'] }],
  open: () => ({
    async recovery(customer, code) {
      const { db, name: TableName } = table()
      const Key = keys.secondFactor(customer, codePrefix + hashed(customer, code))
      const unused = new DeleteCommand({ TableName, Key, ConditionExpression: 'attribute_exists(pk)' })
      return (await ifItHolds(() => db.send(unused))) !== undefined
    },
    async ofApp(customer, code, now) {
      const { db, name: TableName } = table()
      const key = keys.secondFactor(customer, `USED#${hashed(customer, code)}`)
      const used = new PutCommand({
        TableName,
        Item: { ...key, expiresAt: epochSeconds(later(now, rightSeconds)) },
        ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
        ExpressionAttributeValues: { ':now': epochSeconds(now) },
      })
      return (await ifItHolds(() => db.send(used))) !== undefined
    },
  }),
} satisfies Need<SpendCodes>

/** Longer than a code of the app is right, clocks that go wrong included. */
const rightSeconds = 180

/** All or none; false when others were given meanwhile, so that never two sets are good. */
async function replaceCodes(customer: CustomerId, fresh: readonly string[], now: Date): Promise<boolean> {
  const { app, codes } = await all(customer)
  const legs: Record<string, NamedLeg> = {
    app: {
      Put: {
        Item: { ...keys.secondFactor(customer, 'APP'), since: iso(app?.since ?? now), codesMadeAt: iso(now) },
        ...(app
          ? { ConditionExpression: 'codesMadeAt = :seen', ExpressionAttributeValues: { ':seen': app.codesMadeAt } }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      },
    },
  }
  for (const { pk, sk } of codes) legs[sk] = { Delete: { Key: { pk, sk } } }
  for (const code of fresh) {
    const key = keys.secondFactor(customer, codePrefix + hashed(customer, code))
    legs[key.sk] = append({ ...key, madeAt: iso(now) })
  }
  return (await transact(legs)) === undefined
}

async function all(customer: CustomerId) {
  const items: z.output<typeof anyItem>[] = []
  const { pk } = keys.secondFactor(customer, '')
  const found = queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
  })
  for await (const item of found) items.push(anyItem.parse(item))
  const app = items.find(({ sk }) => sk === 'APP')
  return { items, app: app && appItem.parse(app), codes: items.filter(({ sk }) => sk.startsWith(codePrefix)) }
}

const anyItem = z.looseObject({ pk: z.string(), sk: z.string() })

/** Eighty random bits need no key and no slow hash; the account in it makes equal codes of two accounts different. */
const hashed = (customer: CustomerId, code: string): string =>
  createHash('sha256').update(`${customer} ${code}`).digest('base64url')
