import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { staffId } from '../../core/ids.ts'
import type { StaffRole } from '../../core/staff/roles.ts'
import { manageStaff } from '../../data/manage-staff.ts'
import { addFirstOwner, getStaffMember, type StaffMember } from '../../data/staff.ts'
import { now, outcomes } from './people.ts'
import { onEachTable } from './tables.ts'

async function newMember(role: StaffRole): Promise<StaffMember> {
  const id = staffId(randomUUID())
  const member = { staffId: id, email: `${id}@example.com`, role, status: 'active', createdAt: now } as const
  await addFirstOwner(member)
  return member
}

const demote = (by: StaffMember, whom: StaffMember) =>
  manageStaff.open().setRole(whom, 'support', { by: by.staffId, action: 'admin.set-staff-role', on: `staff ${whom.staffId}` }, now)
const remove = (by: StaffMember, whom: StaffMember) =>
  manageStaff.open().remove(whom, { by: by.staffId, action: 'admin.remove-staff', on: `staff ${whom.staffId}` }, now)

onEachTable(() => {
  test('two owners who demote and remove each other at once leave one owner', async () => {
    for (let round = 0; round < 10; round++) {
      const [one, other] = [await newMember('owner'), await newMember('owner')]
      const ended = await outcomes([demote(one, other), remove(other, one)])
      expect(ended).toEqual({ done: 1, 'role-forbids': 1 })
      const left = (await Promise.all([one, other].map(({ staffId }) => getStaffMember(staffId)))).filter(
        (member) => member?.role === 'owner' && member.status === 'active',
      )
      expect(left).toHaveLength(1)
    }
  })

  test('who is no owner any more changes nobody, and what changed meanwhile is not changed over', async () => {
    const [owner, support] = [await newMember('owner'), await newMember('support')]
    await expect(demote(support, owner)).rejects.toMatchObject({ code: 'role-forbids' })
    await remove(owner, support)
    await expect(demote(owner, support)).rejects.toMatchObject({ code: 'changed-meanwhile' })
    expect(await getStaffMember(support.staffId)).toMatchObject({ role: 'support', status: 'removed' })
  })
})
