import { staffCookies } from '../../core/identity/cookies.ts'
import { staff } from '../../data/door.ts'
import { keepStaffSessions } from '../../data/sessions.ts'
import { refreshStaff } from '../../outside/identity/refresh.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { heldSession, takeSession } from '../kit/session-cookies.ts'

export const signOut = endpoint({
  name: 'admin.sign-out',
  route: 'DELETE /api/admin/session',
  summary: 'End this session',
  who: staff('admin.sign-out'),
  returns: done,
  refuses: [],
  uses: { identity: refreshStaff, sessions: keepStaffSessions },

  async run({ caller, uses, cookies }) {
    const held = heldSession(cookies, staffCookies)
    await uses.sessions.end(caller.staffId, caller.sessionId)
    if (held) await uses.identity.revoke(held.refresh)
    takeSession(cookies, staffCookies)
    return { done: true as const }
  },
})

export const handler = serve(signOut)
