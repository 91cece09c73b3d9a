import { cookies as customerCookies } from '../../core/identity/cookies.ts'
import { customerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { anyone } from '../../data/door.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { refreshCustomers } from '../../outside/identity/refresh.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { giveSession, heldSession } from '../kit/session-cookies.ts'

export const refreshSession = endpoint({
  name: 'public.refresh-session',
  route: 'POST /api/session/refresh',
  summary: 'Renew the session; the means to renew it are renewed too',
  who: anyone,
  returns: done,
  refuses: [],
  uses: { identity: refreshCustomers, sessions: keepCustomerSessions },

  async run({ uses, now, viewer, cookies }) {
    const held = heldSession(cookies, customerCookies)
    if (!held) throw new Refusal('session-required')
    const tokens = await uses.identity.refresh(held.refresh)
    const id = customerId(held.subject)
    // The session is ours to end: a token that is still good does not bring an ended one back.
    const goesOn =
      tokens?.subject === held.subject &&
      (await uses.sessions.renew(id, held.session, { sessionId: tokens.session, ...viewer, seenAt: now }))
    if (!tokens || !goesOn) throw new Refusal('session-ended')
    giveSession(cookies, customerCookies, tokens)
    return { done: true as const }
  },
})

export const handler = serve(refreshSession)
