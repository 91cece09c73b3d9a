import * as z from 'zod/mini'
import { staffId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { findColleagues } from '../../data/manage-staff.ts'
import { keepStaffSessions } from '../../data/sessions.ts'
import { resetStaffTotp as resetTotp } from '../../outside/identity/manage-staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const resetStaffTotp = endpoint({
  name: 'admin.reset-staff-totp',
  route: 'POST /api/admin/staff/{staffId}/totp-reset',
  summary: 'Have a colleague who lost their authenticator app set up a new one at their next sign-in; they are signed out',
  who: staff('admin.reset-staff-totp'),
  body: z.object({ memo }),
  returns: done,
  refuses: ['staff-not-found', 'not-on-oneself'],
  uses: { colleagues: findColleagues, audit: keepAudit, sessions: keepStaffSessions, totp: resetTotp },

  async run({ caller, path, body, uses, now }) {
    const { staffId: id, status } = await uses.colleagues.colleague(staffId(path.staffId), caller.staffId)
    if (status === 'removed') throw new Refusal('staff-not-found')
    await uses.audit.record({ by: caller.staffId, action: 'admin.reset-staff-totp', on: `staff ${id}`, why: body.memo }, now)
    await uses.totp.reset(id)
    await uses.sessions.endAll(id)
    return { done: true as const }
  },
})

export const handler = serve(resetStaffTotp)
