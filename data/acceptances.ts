import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { dayOf, iso } from '../core/time.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { integer, time } from './read.ts'
import { table } from './table.ts'
import { append, type NamedLeg, transact } from './transact.ts'

/** A version of the policy that a customer accepted (P-RT-4). */
export interface Acceptance {
  readonly version: number
  readonly at: Date
}

const acceptanceItem = z.object({ version: integer, at: time })

/** What an account that accepts writes: the record of it, and one more to be counted. */
export const acceptanceLegs = (
  customer: CustomerId,
  { version, at }: Acceptance,
): { readonly acceptance: NamedLeg; readonly counted: NamedLeg } => ({
  acceptance: append({ ...keys.acceptance(customer, version), version, at: iso(at) }),
  counted: {
    Update: {
      Key: keys.accepted(version, dayOf(at), partOf(customer)),
      UpdateExpression: 'ADD times :one',
      ExpressionAttributeValues: { ':one': 1 },
    },
  },
})

/** Of a day's count: many accept in the hour after they were told. */
const parts = 8
const partOf = (customer: CustomerId): number =>
  [...customer].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % parts

interface AcceptPolicies {
  /** On record once, with the version and the time: accepting again changes nothing. */
  accept(customer: CustomerId, acceptance: Acceptance): Promise<void>
}

export const acceptPolicies = {
  allow: [
    { on: 'table', actions: ['PutItem'], keys: ['ACCEPTANCE#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['CUSTOMER#*', 'WALLET#*', 'ACCEPTED#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async accept(customer, acceptance) {
      const { version, at } = acceptance
      const refused = await transact({
        ...acceptanceLegs(customer, acceptance),
        account: {
          Update: {
            Key: keys.customer(customer),
            UpdateExpression: 'SET terms = :terms',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':terms': { version, acceptedAt: iso(at) } },
          },
        },
        wallet: {
          Update: {
            Key: keys.wallet(customer),
            UpdateExpression: 'SET accepted = :version',
            ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(accepted) OR accepted < :version)',
            ExpressionAttributeValues: { ':version': version },
          },
        },
      })
      // The same click twice, or a later version was accepted meanwhile: either way it is on record.
      if (refused === 'account') throw new Error('somebody without an account accepted the policy')
    },
  }),
} satisfies Need<AcceptPolicies>

interface ReadAcceptances {
  /** Everything a customer accepted, newest first. */
  of(customer: CustomerId): Promise<Acceptance[]>
}

export const readAcceptances = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['ACCEPTANCE#*'] }],
  open: () => ({
    async of(customer) {
      const { db, name: TableName } = table()
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': keys.acceptance(customer, 0).pk },
          ScanIndexForward: false,
        }),
      )
      return Items.map((item) => acceptanceItem.parse(item))
    },
  }),
} satisfies Need<ReadAcceptances>

interface CountAcceptances {
  /** How many accepted a version, day by day. */
  byDay(version: number): Promise<{ readonly day: string; readonly times: number }[]>
}

const countItem = z.object({ sk: z.string(), times: integer })

export const countAcceptances = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['ACCEPTED#*'] }],
  open: () => ({
    async byDay(version) {
      const days = new Map<string, number>()
      for await (const item of queryAll({
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': keys.accepted(version, '', 0).pk },
      })) {
        const { sk, times } = countItem.parse(item)
        days.set(sk.slice(0, 10), (days.get(sk.slice(0, 10)) ?? 0) + times)
      }
      return [...days].map(([day, times]) => ({ day, times }))
    },
  }),
} satisfies Need<CountAcceptances>
