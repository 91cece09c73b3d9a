import { DeleteCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { periods } from '../core/privacy/periods.ts'
import { epochSeconds, iso, later } from '../core/time.ts'
import { ifItHolds } from './if-it-holds.ts'
import { keys } from './keys.ts'
import { table } from './table.ts'
import { isLeft } from './unexpired.ts'

const itemOf = (customer: CustomerId, what: string, now: Date) => ({
  ...keys.news(customer, what),
  at: iso(now),
  expiresAt: epochSeconds(later(now, periods.newsDays * 86_400)),
})

interface ClaimMails {
  /** True for whoever is the first: a mail goes out once, however many try to send it. */
  claim(customer: CustomerId, mailing: string, now: Date): Promise<boolean>
  /** It certainly was not sent: somebody may try again. */
  release(customer: CustomerId, mailing: string): Promise<void>
}

export const claimMails = {
  allow: [{ on: 'table', actions: ['PutItem', 'DeleteItem'], keys: ['NEWS#*'] }],
  open: () => ({
    async claim(customer, mailing, now) {
      const { db, name: TableName } = table()
      const Item = itemOf(customer, `mailed ${mailing}`, now)
      return (
        (await ifItHolds(() => db.send(new PutCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' })))) !==
        undefined
      )
    },
    async release(customer, mailing) {
      const { db, name: TableName } = table()
      await db.send(new DeleteCommand({ TableName, Key: keys.news(customer, `mailed ${mailing}`) }))
    },
  }),
} satisfies Need<ClaimMails>

interface MarkRead {
  mark(customer: CustomerId, announcementId: string, now: Date): Promise<void>
  /** What a customer has read. */
  of(customer: CustomerId, now: Date): Promise<ReadonlySet<string>>
}

const readItem = z.object({ sk: z.string() })

export const markRead = {
  allow: [{ on: 'table', actions: ['PutItem', 'Query'], keys: ['NEWS#*'] }],
  open: () => ({
    async mark(customer, announcementId, now) {
      const { db, name: TableName } = table()
      await db.send(new PutCommand({ TableName, Item: itemOf(customer, `read ${announcementId}`, now) }))
    },
    async of(customer, now) {
      const { db, name: TableName } = table()
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :read)',
          ExpressionAttributeValues: { ':pk': keys.news(customer, '').pk, ':read': 'read ' },
        }),
      )
      return new Set(Items.filter((item) => isLeft(item, now)).map((item) => readItem.parse(item).sk.slice('read '.length)))
    },
  }),
} satisfies Need<MarkRead>
