import { DeleteCommand, GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type CustomerId, customerId, type StaffId, staffId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { iso } from '../../core/time.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { keys } from '../keys.ts'
import { queryAll } from '../query.ts'
import { id, time } from '../read.ts'
import { table } from '../table.ts'

/** A legal hold (P-RET-2): while it lasts nothing of the account is erased, and none of its records expires. */
export interface Hold {
  readonly customerId: CustomerId
  readonly at: Date
  readonly by: StaffId
  readonly memo: string
  /** It is over, and the expiry dates of the records are being set again. */
  readonly lifted: boolean
}

const holdItem = z.object({
  customerId: id(customerId),
  at: time,
  by: id(staffId),
  memo: z.string(),
  lifted: z._default(z.boolean(), false),
})

interface ReadHolds {
  get(customer: CustomerId): Promise<Hold | undefined>
  /** Those that last, and those of which something is left to do. */
  all(): Promise<Hold[]>
}

export const readHolds = {
  allow: [{ on: 'table', actions: ['GetItem', 'Query'], keys: ['LEGAL-HOLD'] }],
  open: () => ({
    async get(customer) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.legalHold(customer), ConsistentRead: true }))
      return Item && holdItem.parse(Item)
    },
    async all() {
      const all: Hold[] = []
      const found = queryAll({ KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': 'LEGAL-HOLD' } })
      for await (const item of found) all.push(holdItem.parse(item))
      return all
    },
  }),
} satisfies Need<ReadHolds>

interface SetHolds {
  /** Written with `audit`. Refuses where there is one, and where there never was such an account; an erased one has records. */
  set(customer: CustomerId, audit: AuditRecord & { readonly why: string }, now: Date): Promise<void>
  /** Written with `audit`. Refuses where there is none. */
  lift(customer: CustomerId, audit: AuditRecord, now: Date): Promise<void>
}

export const setHolds = {
  allow: [
    { on: 'table', actions: ['PutItem', 'UpdateItem'], keys: ['LEGAL-HOLD'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['WALLET#*'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    async set(customer, audit, now) {
      const hold = {
        Put: {
          Item: { ...keys.legalHold(customer), customerId: customer, at: iso(now), by: audit.by, memo: audit.why },
          ConditionExpression: 'attribute_not_exists(pk) OR lifted = :true',
          ExpressionAttributeValues: { ':true': true },
        },
      }
      const account = { Check: { Key: keys.wallet(customer), ConditionExpression: 'attribute_exists(pk)' } }
      const refused = await transactAudited(audit, now, { hold, account })
      if (refused) throw new Refusal(refused === 'account' ? 'customer-not-found' : 'hold-exists')
    },
    async lift(customer, audit, now) {
      const hold = {
        Update: {
          Key: keys.legalHold(customer),
          UpdateExpression: 'SET lifted = :true',
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(lifted)',
          ExpressionAttributeValues: { ':true': true },
        },
      }
      if (await transactAudited(audit, now, { hold })) throw new Refusal('hold-not-found')
    },
  }),
} satisfies Need<SetHolds>

/** Forgets a hold that is over and of which nothing is left to do. */
export async function forgetHold(customer: CustomerId): Promise<void> {
  const { db, name: TableName } = table()
  await db.send(
    new DeleteCommand({
      TableName,
      Key: keys.legalHold(customer),
      ConditionExpression: 'attribute_not_exists(pk) OR lifted = :true',
      ExpressionAttributeValues: { ':true': true },
    }),
  )
}
