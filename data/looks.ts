import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { CustomerId, StaffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { epochSeconds, iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { time } from './read.ts'
import { table } from './table.ts'

const lookItem = z.object({ until: time })

interface ReadLooks {
  /** Until when a member of staff sees a customer's personal data; undefined when they never asked, or it is over. */
  until(staff: StaffId, customer: CustomerId, now: Date): Promise<Date | undefined>
}

export const readLooks = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['LOOK#*'] }],
  open: () => ({
    async until(staff, customer, now) {
      const { db, name: TableName } = table()
      const { Item } = await db.send(new GetCommand({ TableName, Key: keys.look(staff, customer), ConsistentRead: true }))
      if (!Item) return undefined
      const { until } = lookItem.parse(Item)
      return until > now ? until : undefined
    },
  }),
} satisfies Need<ReadLooks>

interface OpenLooks {
  /** Written with `audit`, which says why. Refuses a customer who is not there. */
  open(staff: StaffId, customer: CustomerId, until: Date, audit: AuditRecord, now: Date): Promise<void>
}

export const openLooks = {
  allow: [
    { on: 'table', actions: ['PutItem'], keys: ['LOOK#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['CUSTOMER#*'] },
    ...mayAudit,
  ],
  open: () => ({
    async open(staff, customer, until, audit, now) {
      const refused = await transactAudited(audit, now, {
        customer: { Check: { Key: keys.customer(customer), ConditionExpression: 'attribute_exists(pk)' } },
        look: { Put: { Item: { ...keys.look(staff, customer), until: iso(until), expiresAt: epochSeconds(until) } } },
      })
      if (refused === 'customer') throw new Refusal('customer-not-found')
    },
  }),
} satisfies Need<OpenLooks>
