import * as z from 'zod/mini'
import { isPermitted } from '../../core/staff/permissions.ts'
import { staffRoles } from '../../core/staff/roles.ts'
import { staff } from '../../data/door.ts'
import { readStaff } from '../../data/staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const listSupportStaff = endpoint({
  name: 'admin.list-support-staff',
  route: 'GET /api/admin/support-staff',
  summary: 'Colleagues who answer tickets, and who asks',
  who: staff('admin.list-support-staff'),
  returns: z.object({
    me: z.string(),
    rows: z.array(z.object({ staffId: z.string(), email: z.string(), role: z.enum(staffRoles), isActive: z.boolean() })),
  }),
  refuses: [],
  uses: { staff: readStaff },

  async run({ caller, uses }) {
    const all = await uses.staff.all()
    const rows = all
      .filter(({ role }) => isPermitted(role, 'admin.answer-ticket'))
      .map(({ status, ...member }) => ({ ...member, isActive: status === 'active' }))
    return { me: caller.staffId, rows: rows.toSorted((one, other) => one.email.localeCompare(other.email)) }
  },
})

export const handler = serve(listSupportStaff)
