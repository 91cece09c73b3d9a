import type { StaffId } from '../core/ids.ts'
import type { Need } from '../core/need.ts'
import { Refusal } from '../core/refusals.ts'
import type { AuditRecord } from '../core/staff/audit.ts'
import type { StaffRole } from '../core/staff/roles.ts'
import { mayAudit, transactAudited } from './audit.ts'
import { keys } from './keys.ts'
import { getStaffMember, type StaffMember } from './staff.ts'
import type { NamedLeg } from './transact.ts'

interface FindColleagues {
  /** Somebody of the staff, removed or not, who is not the one who asks. Refuses anybody else. */
  colleague(id: StaffId, asking: StaffId): Promise<StaffMember>
}

export const findColleagues = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['STAFF'] }],
  open: () => ({
    async colleague(id, asking) {
      if (id === asking) throw new Refusal('not-on-oneself')
      const member = await getStaffMember(id)
      if (!member) throw new Refusal('staff-not-found')
      return member
    },
  }),
} satisfies Need<FindColleagues>

/** What an owner does to a colleague, who is given as the owner saw them. */
interface ManageStaff {
  setRole(colleague: StaffMember, role: StaffRole, audit: AuditRecord, now: Date): Promise<void>
  /** From the next request on they are let in nowhere. */
  remove(colleague: StaffMember, audit: AuditRecord, now: Date): Promise<void>
}

export const manageStaff = {
  allow: [
    { on: 'table', actions: ['UpdateItem', 'ConditionCheckItem'], keys: ['STAFF'], onlyIn: 'TransactWriteItems' },
    ...mayAudit,
  ],
  open: () => ({
    setRole: (colleague, role, audit, now) => change(colleague, { role, status: 'active' }, audit, now),
    remove: (colleague, audit, now) => change(colleague, { role: colleague.role, status: 'removed' }, audit, now),
  }),
} satisfies Need<ManageStaff>

/**
 * Holds only while the colleague is as they were seen and whoever changes them is still an owner: two owners who demote
 * each other at once are not both gone, so there is always one left.
 */
async function change(
  seen: StaffMember,
  { role, status }: Pick<StaffMember, 'role' | 'status'>,
  audit: AuditRecord,
  now: Date,
): Promise<void> {
  const refused = await transactAudited(audit, now, {
    owner: {
      Check: { Key: keys.staff(audit.by), ...asTheyAre({ role: 'owner', status: 'active' }) },
    },
    colleague: withStanding(seen, { role, status }),
  })
  if (refused === 'owner') throw new Refusal('role-forbids')
  if (refused === 'colleague') throw new Refusal('changed-meanwhile')
}

const names = { '#role': 'role', '#status': 'status' }

const asTheyAre = ({ role, status }: Pick<StaffMember, 'role' | 'status'>) => ({
  ConditionExpression: '#role = :role AND #status = :status',
  ExpressionAttributeNames: names,
  ExpressionAttributeValues: { ':role': role, ':status': status },
})

const withStanding = (seen: StaffMember, { role, status }: Pick<StaffMember, 'role' | 'status'>): NamedLeg => ({
  Update: {
    Key: keys.staff(seen.staffId),
    UpdateExpression: 'SET #role = :newRole, #status = :newStatus',
    ConditionExpression: '#role = :role AND #status = :status',
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: { ':role': seen.role, ':status': seen.status, ':newRole': role, ':newStatus': status },
  },
})
