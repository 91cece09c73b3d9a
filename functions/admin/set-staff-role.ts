import * as z from 'zod/mini'
import { staffId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { staffRoles } from '../../core/staff/roles.ts'
import { staff } from '../../data/door.ts'
import { findColleagues, manageStaff } from '../../data/manage-staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setStaffRole = endpoint({
  name: 'admin.set-staff-role',
  route: 'PUT /api/admin/staff/{staffId}/role',
  summary: 'Change what a colleague may do, from their next request on; nobody changes their own role',
  who: staff('admin.set-staff-role'),
  body: z.object({ role: z.enum(staffRoles), memo }),
  returns: done,
  refuses: ['staff-not-found', 'not-on-oneself', 'changed-meanwhile'],
  uses: { colleagues: findColleagues, staff: manageStaff },

  async run({ caller, path, body, uses, now }) {
    const colleague = await uses.colleagues.colleague(staffId(path.staffId), caller.staffId)
    if (colleague.status === 'removed') throw new Refusal('staff-not-found')
    const audit = {
      by: caller.staffId,
      action: 'admin.set-staff-role',
      on: `staff ${colleague.staffId}`,
      why: body.memo,
      before: { role: colleague.role },
      after: { role: body.role },
    }
    await uses.staff.setRole(colleague, body.role, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(setStaffRole)
