import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { staffRoles } from '../../core/staff/roles.ts'
import { staff } from '../../data/door.ts'
import { addStaff } from '../../data/staff.ts'
import { inviteStaff as inviteIdentity } from '../../outside/identity/staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { email, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const inviteStaff = endpoint({
  name: 'admin.invite-staff',
  route: 'POST /api/admin/staff',
  summary: 'Add a member of staff; a first password is mailed, and a second factor is enrolled at the first sign-in',
  who: staff('admin.invite-staff'),
  body: z.object({ email, role: z.enum(staffRoles), memo }),
  returns: z.object({ staffId: z.string() }),
  status: 201,
  refuses: ['already-exists'],
  uses: { identity: inviteIdentity, staff: addStaff },

  async run({ caller, body, uses, now }) {
    const id = await uses.identity.invite(body.email)
    if (!id) throw new Refusal('already-exists')
    const audit = {
      by: caller.staffId,
      action: 'admin.invite-staff',
      on: `staff ${id}`,
      why: body.memo,
      after: { role: body.role },
    }
    await uses.staff.add({ staffId: id, email: body.email, role: body.role, status: 'active', createdAt: now }, audit)
    return { staffId: id }
  },
})

export const handler = serve(inviteStaff)
