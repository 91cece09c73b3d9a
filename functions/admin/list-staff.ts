import * as z from 'zod/mini'
import { staffRoles } from '../../core/staff/roles.ts'
import { iso } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { readStaff } from '../../data/staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const listStaff = endpoint({
  name: 'admin.list-staff',
  route: 'GET /api/admin/staff',
  summary: 'Who works here, and as what',
  who: staff('admin.list-staff'),
  returns: z.object({
    rows: z.array(
      z.object({
        staffId: z.string(),
        email: z.string(),
        role: z.enum(staffRoles),
        status: z.enum(['active', 'removed']),
        createdAt: moment,
      }),
    ),
  }),
  refuses: [],
  uses: { staff: readStaff },

  async run({ uses }) {
    return { rows: (await uses.staff.all()).map((member) => ({ ...member, createdAt: iso(member.createdAt) })) }
  },
})

export const handler = serve(listStaff)
