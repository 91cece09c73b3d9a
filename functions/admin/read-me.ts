import * as z from 'zod/mini'
import { permissionNames, permittedTo } from '../../core/staff/permissions.ts'
import { staffRoles } from '../../core/staff/roles.ts'
import { staff } from '../../data/door.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const readMe = endpoint({
  name: 'admin.read-me',
  route: 'GET /api/admin/me',
  summary: 'Who is signed in to the console, in which role, and what that role may do',
  who: staff('admin.read-me'),
  returns: z.object({
    staffId: z.string(),
    role: z.enum(staffRoles),
    /** The endpoints that let this role in, by name. */
    may: z.array(z.enum(permissionNames())),
    panelName: z.string(),
    currency: z.string(),
  }),
  refuses: [],
  uses: { settings },

  async run({ caller, uses }) {
    return { staffId: caller.staffId, role: caller.role, may: permittedTo(caller.role), ...uses.settings }
  },
})

export const handler = serve(readMe)
