import { GetCommand, PutCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { periods } from '../core/privacy/periods.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { time } from './read.ts'
import { table } from './table.ts'
import { transact } from './transact.ts'
import { ifLeft } from './unexpired.ts'

/** A customer's wish for another email, open until the code is typed that was mailed to it. */
export interface EmailChange {
  readonly from: string
  readonly to: string
  readonly at: Date
}

/** The code is good for an hour, and for so many tries; the wish is remembered longer, for the mails about it. */
const goodSeconds = 3600
const tries = 5
const keptSeconds = periods.emailChangeDays * 86_400

const changeItem = z.object({ from: z.string(), to: z.string(), sk: time })

const readChange = (item: unknown): EmailChange => {
  const { from, to, sk } = changeItem.parse(item)
  return { from, to, at: sk }
}

interface BeginEmailChanges {
  /** From now on the codes of earlier wishes are good for nothing. */
  begin(customer: CustomerId, change: EmailChange): Promise<void>
}

export const beginEmailChanges = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['EMAIL-CHANGE#*'] }],
  open: () => ({
    async begin(customer, { from, to, at }) {
      const { db, name: TableName } = table()
      const Item = {
        ...keys.emailChange(customer, iso(at)),
        from,
        to,
        attempts: 0,
        expiresAt: epochSeconds(later(at, keptSeconds)),
      }
      await db.send(new PutCommand({ TableName, Item }))
    },
  }),
} satisfies Need<BeginEmailChanges>

interface FinishEmailChanges {
  /** The newest wish, with one more try at its code counted. Undefined when there is none that is open, or no try is left. */
  try(customer: CustomerId, now: Date): Promise<EmailChange | undefined>
  /** The account has the new email, and the wish is done. False when it was done meanwhile. */
  finish(customer: CustomerId, change: EmailChange, now: Date): Promise<boolean>
}

export const finishEmailChanges = {
  allow: [
    { on: 'table', actions: ['Query', 'UpdateItem'], keys: ['EMAIL-CHANGE#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['EMAIL-CHANGE#*', 'CUSTOMER#*'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async try(customer, now) {
      const change = await newest(customer)
      const open = change && later(change.at, goodSeconds) > now
      return open && (await countTry(customer, change)) ? change : undefined
    },
    async finish(customer, { to, at }, now) {
      const refused = await transact({
        change: {
          Update: {
            Key: keys.emailChange(customer, iso(at)),
            UpdateExpression: 'SET doneAt = :now',
            ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(doneAt)',
            ExpressionAttributeValues: { ':now': iso(now) },
          },
        },
        account: {
          Update: {
            Key: keys.customer(customer),
            UpdateExpression: 'SET email = :email',
            ConditionExpression: 'attribute_exists(pk)',
            ExpressionAttributeValues: { ':email': to },
          },
        },
      })
      return refused === undefined
    },
  }),
} satisfies Need<FinishEmailChanges>

interface ReadEmailChanges {
  get(customer: CustomerId, at: string, now: Date): Promise<EmailChange | undefined>
}

export const readEmailChanges = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['EMAIL-CHANGE#*'] }],
  open: () => ({
    async get(customer, at, now) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.emailChange(customer, at), ConsistentRead: true }))
      const left = ifLeft(Item, now)
      return left && readChange(left)
    },
  }),
} satisfies Need<ReadEmailChanges>

async function newest(customer: CustomerId): Promise<EmailChange | undefined> {
  const { db, name: TableName } = table()
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.emailChange(customer, '').pk },
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: 1,
    }),
  )
  return Items[0] && readChange(Items[0])
}

/** Counted before the code is looked at: tries that come at once are not more tries. */
async function countTry(customer: CustomerId, { at }: EmailChange): Promise<boolean> {
  const { db, name: TableName } = table()
  const another = new UpdateCommand({
    TableName,
    Key: keys.emailChange(customer, iso(at)),
    UpdateExpression: 'ADD attempts :one',
    ConditionExpression: 'attempts < :tries AND attribute_not_exists(doneAt)',
    ExpressionAttributeValues: { ':one': 1, ':tries': tries },
  })
  return (await ifItHolds(() => db.send(another))) !== undefined
}
