import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import type { Mailing, MailingSubject, Progress } from '../core/policy/mailing.ts'
import { iso } from '../core/time.ts'
import { type Customer, readCustomer } from './customers.ts'
import { getItems } from './get-items.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { mailingId, newMailing, readMailing } from './mailing-items.ts'
import { queryAll } from './query.ts'
import { table } from './table.ts'
import { append, transact } from './transact.ts'
import { isLeft } from './unexpired.ts'

interface ListMailings {
  all(now: Date): Promise<Mailing[]>
}

export const listMailings = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['MAILING'] }],
  open: () => ({ all }),
} satisfies Need<ListMailings>

async function all(now: Date): Promise<Mailing[]> {
  const found: Mailing[] = []
  const query = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': keys.mailing('').pk } }
  for await (const item of queryAll({ ...query, ConsistentRead: true })) if (isLeft(item, now)) found.push(readMailing(item))
  return found
}

interface WorkMailings extends ListMailings {
  /** Begins it, once. */
  begin(subject: MailingSubject, now: Date): Promise<void>
  /** The next customers of the list; none when it is at its end. */
  next(mailing: Mailing, count: number): Promise<Customer[]>
  /**
   * So many more, and whoever was the last of them; `undefined` when all were. False when somebody else was faster, or it
   * was withdrawn.
   */
  advance(mailing: Mailing, by: Progress, last: CustomerId | undefined, now: Date): Promise<Mailing | undefined>
}

const rollItem = z.object({ sk: z.pipe(z.string(), z.transform(customerId)) })

export const workMailings = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['MAILING', 'ROLL'] },
    { on: 'table', actions: ['BatchGetItem'], keys: ['CUSTOMER#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['MAILING'] },
    { on: 'table', actions: ['PutItem'], keys: ['MAILING'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    all,
    async begin(subject, now) {
      await transact({ mailing: append(newMailing(subject, now)) })
    },
    async next({ after }, count) {
      const { db, name: TableName } = table()
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
          ExpressionAttributeValues: { ':pk': 'ROLL', ...(after === undefined ? {} : { ':after': after }) },
          Limit: count,
        }),
      )
      const ids = Items.map((item) => rollItem.parse(item).sk)
      const found = ids.length === 0 ? [] : (await getItems(ids.map(keys.customer))).map(readCustomer)
      return ids.flatMap((id) => found.find((one) => one.customerId === id) ?? [])
    },
    async advance(mailing, by, last, now) {
      const { db, name: TableName } = table()
      const ended = last === undefined
      const update = new UpdateCommand({
        TableName,
        Key: keys.mailing(mailing.id),
        UpdateExpression: `SET ${ended ? '#state = :done, endedAt = :now REMOVE #after' : '#after = :last'} ADD mailed :mailed, passedOver :passedOver, #unknown :unknown, refused :refused`,
        ConditionExpression: `#state = :waiting AND ${mailing.after === undefined ? 'attribute_not_exists(#after)' : '#after = :after'}`,
        ExpressionAttributeNames: { '#state': 'state', '#after': 'after', '#unknown': 'unknown' },
        ExpressionAttributeValues: {
          ':waiting': 'waiting',
          ':mailed': by.mailed,
          ':passedOver': by.passedOver,
          ':unknown': by.unknown,
          ':refused': by.refused,
          ...(ended ? { ':done': 'done', ':now': iso(now) } : { ':last': last }),
          ...(mailing.after === undefined ? {} : { ':after': mailing.after }),
        },
        ReturnValues: 'ALL_NEW',
      })
      const written = await ifItHolds(() => db.send(update))
      return written && readMailing(written.Attributes)
    },
  }),
} satisfies Need<WorkMailings>

export const mailingKey = (subject: MailingSubject) => keys.mailing(mailingId(subject))
