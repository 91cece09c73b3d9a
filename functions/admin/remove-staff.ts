import * as z from 'zod/mini'
import { staffId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { findColleagues, manageStaff } from '../../data/manage-staff.ts'
import { keepStaffSessions } from '../../data/sessions.ts'
import { removeStaffIdentities } from '../../outside/identity/manage-staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const removeStaff = endpoint({
  name: 'admin.remove-staff',
  route: 'POST /api/admin/staff/{staffId}/removal',
  summary: 'Remove a colleague: from their next request on they are let in nowhere; what they did stays on record',
  who: staff('admin.remove-staff'),
  body: z.object({ memo }),
  returns: done,
  refuses: ['staff-not-found', 'not-on-oneself', 'changed-meanwhile'],
  uses: { colleagues: findColleagues, staff: manageStaff, sessions: keepStaffSessions, identities: removeStaffIdentities },

  async run({ caller, path, body, uses, now }) {
    const colleague = await uses.colleagues.colleague(staffId(path.staffId), caller.staffId)
    const { staffId: id, role, status } = colleague
    // Who is removed already may be removed once more: what follows may not have come about the first time.
    if (status === 'active') {
      const audit = {
        by: caller.staffId,
        action: 'admin.remove-staff',
        on: `staff ${id}`,
        why: body.memo,
        before: { role, status },
        after: { role, status: 'removed' },
      }
      await uses.staff.remove(colleague, audit, now)
    }
    await uses.sessions.endAll(id)
    await uses.identities.remove(id)
    return { done: true as const }
  },
})

export const handler = serve(removeStaff)
