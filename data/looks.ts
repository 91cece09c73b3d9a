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
import type { NamedLeg } from './transact.ts'

const lookItem = z.object({ until: time })
interface LookKey {
  readonly pk: string
  readonly sk: string
}

interface ReadLooks {
  /** Until when a member of staff sees a customer's personal data; undefined when they never asked, or it is over. */
  until(staff: StaffId, customer: CustomerId, now: Date): Promise<Date | undefined>
}

export const readLooks = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['LOOK#*'] }],
  open: () => ({ until: (staff, customer, now) => openUntil(keys.look(staff, customer), now) }),
} satisfies Need<ReadLooks>

interface ReadInquiryLooks {
  /** The same of whoever wrote without an account. */
  until(staff: StaffId, inquiryId: string, now: Date): Promise<Date | undefined>
}

export const readInquiryLooks = {
  allow: readLooks.allow,
  open: () => ({ until: (staff, inquiryId, now) => openUntil(keys.inquiryLook(staff, inquiryId), now) }),
} satisfies Need<ReadInquiryLooks>

async function openUntil(Key: LookKey, now: Date): Promise<Date | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key, ConsistentRead: true }))
  if (!Item) return undefined
  const { until } = lookItem.parse(Item)
  return until > now ? until : undefined
}

const lookLeg = (key: LookKey, until: Date): NamedLeg => ({
  Put: { Item: { ...key, until: iso(until), expiresAt: epochSeconds(until) } },
})

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
        look: lookLeg(keys.look(staff, customer), until),
      })
      if (refused === 'customer') throw new Refusal('customer-not-found')
    },
  }),
} satisfies Need<OpenLooks>

interface OpenInquiryLooks {
  /** Written with `audit`, which says why. Refuses an inquiry that is not there. */
  open(staff: StaffId, inquiryId: string, until: Date, audit: AuditRecord, now: Date): Promise<void>
}

export const openInquiryLooks = {
  allow: [
    { on: 'table', actions: ['PutItem'], keys: ['LOOK#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['INQUIRY#*'] },
    ...mayAudit,
  ],
  open: () => ({
    async open(staff, inquiryId, until, audit, now) {
      const refused = await transactAudited(audit, now, {
        inquiry: { Check: { Key: keys.inquiry(inquiryId), ConditionExpression: 'attribute_exists(pk)' } },
        look: lookLeg(keys.inquiryLook(staff, inquiryId), until),
      })
      if (refused === 'inquiry') throw new Refusal('inquiry-not-found')
    },
  }),
} satisfies Need<OpenInquiryLooks>

interface ReadAddressLooks {
  /** Until when a member of staff sees addresses of the access log; undefined when they never asked, or it is over. */
  until(staff: StaffId, now: Date): Promise<Date | undefined>
}

export const readAddressLooks = {
  allow: readLooks.allow,
  open: () => ({ until: (staff, now) => openUntil(keys.addressLook(staff), now) }),
} satisfies Need<ReadAddressLooks>

interface OpenAddressLooks {
  /** Written with `audit`, which says why. */
  open(staff: StaffId, until: Date, audit: AuditRecord, now: Date): Promise<void>
}

export const openAddressLooks = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['LOOK#*'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async open(staff, until, audit, now) {
      await transactAudited(audit, now, { look: lookLeg(keys.addressLook(staff), until) })
    },
  }),
} satisfies Need<OpenAddressLooks>
