import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type StaffId, staffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import { type StaffRole, staffRoles } from '../core/staff/roles.ts'
import { iso } from '../core/time.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { queryAll } from './query.ts'
import { id, time } from './read.ts'
import { table } from './table.ts'
import { append } from './transact.ts'

export interface StaffMember {
  readonly staffId: StaffId
  readonly email: string
  readonly role: StaffRole
  readonly status: 'active' | 'removed'
  readonly createdAt: Date
}

const staffItem = z.object({
  staffId: id(staffId),
  email: z.string(),
  role: z.enum(staffRoles),
  status: z.enum(['active', 'removed']),
  createdAt: time,
})

export const readStaffMember = (item: unknown): StaffMember => staffItem.parse(item)

/** Somebody of the staff, removed or not; undefined for nobody. */
export async function getStaffMember(id: StaffId): Promise<StaffMember | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.staff(id), ConsistentRead: true }))
  return Item && readStaffMember(Item)
}

interface ReadStaff {
  all(): Promise<StaffMember[]>
}

export const readStaff = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['STAFF'] }],
  open: () => ({
    async all() {
      const found = queryAll({ KeyConditionExpression: 'pk = :staff', ExpressionAttributeValues: { ':staff': 'STAFF' } })
      const staff: StaffMember[] = []
      for await (const item of found) staff.push(readStaffMember(item))
      return staff
    },
  }),
} satisfies Need<ReadStaff>

interface AddStaff {
  /** Written with `audit`; adding the same person again changes nothing. */
  add(member: StaffMember, audit: AuditRecord): Promise<void>
}

export const addStaff = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['STAFF'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async add(member, audit) {
      await transactAudited(audit, member.createdAt, { member: append(staffAsItem(member)) })
    },
  }),
} satisfies Need<AddStaff>

const staffAsItem = (member: StaffMember) => ({ ...keys.staff(member.staffId), ...member, createdAt: iso(member.createdAt) })

/** The first owner, who is made from the operator's own command line and not by another owner. */
export async function addFirstOwner(member: StaffMember): Promise<void> {
  const { db, name: TableName } = table()
  await db.send(new PutCommand({ TableName, Item: staffAsItem(member) }))
}
