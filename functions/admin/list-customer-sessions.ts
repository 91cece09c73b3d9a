import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { veilRow } from '../../core/privacy/veil.ts'
import { keepAudit } from '../../data/audit.ts'
import { staff } from '../../data/door.ts'
import { readLooks } from '../../data/looks.ts'
import { readSessions } from '../../data/sessions.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { sessionView, viewSession } from '../kit/session-view.ts'

export const listCustomerSessions = endpoint({
  name: 'admin.list-customer-sessions',
  route: 'GET /api/admin/customers/{customerId}/sessions',
  summary:
    'Where a customer is signed in, the session that was used last first, addresses veiled until they are asked for; the look is on record',
  who: staff('admin.list-customer-sessions'),
  returns: z.object({ rows: z.array(sessionView) }),
  refuses: [],
  uses: { sessions: readSessions, looks: readLooks, audit: keepAudit },

  async run({ caller, path, uses, now }) {
    const id = customerId(path.customerId)
    await uses.audit.record({ by: caller.staffId, action: 'admin.list-customer-sessions', on: `customer ${id}` }, now)
    const [sessions, shownUntil] = await Promise.all([uses.sessions.list(id, now), uses.looks.until(caller.staffId, id, now)])
    const rows = sessions.map(viewSession)
    return { rows: shownUntil ? rows : rows.map(veilRow) }
  },
})

export const handler = serve(listCustomerSessions)
