import { staffCookies } from '../../core/identity/cookies.ts'
import { staffId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { anyone } from '../../data/door.ts'
import { keepStaffSessions } from '../../data/sessions.ts'
import { refreshStaff } from '../../outside/identity/refresh.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { giveSession, heldSession } from '../kit/session-cookies.ts'

export const refreshSession = endpoint({
  name: 'admin.refresh-session',
  route: 'POST /api/admin/session/refresh',
  summary: 'Renew the session; the means to renew it are renewed too',
  who: anyone,
  returns: done,
  refuses: [],
  uses: { identity: refreshStaff, sessions: keepStaffSessions },

  async run({ uses, now, viewer, cookies }) {
    const held = heldSession(cookies, staffCookies)
    if (!held) throw new Refusal('session-required')
    const tokens = await uses.identity.refresh(held.refresh)
    const session = tokens && { sessionId: tokens.session, ...viewer, seenAt: now }
    // Role and standing are read at every call, so a session that goes on here opens nothing to somebody who was removed.
    if (!session || tokens.subject !== held.subject || !(await uses.sessions.renew(staffId(held.subject), held.session, session)))
      throw new Refusal('session-ended')
    giveSession(cookies, staffCookies, tokens)
    return { done: true as const }
  },
})

export const handler = serve(refreshSession)
