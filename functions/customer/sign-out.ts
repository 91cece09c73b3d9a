import { cookies as customerCookies } from '../../core/identity/cookies.ts'
import { customerEven } from '../../data/door.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { refreshCustomers } from '../../outside/identity/refresh.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { heldSession, takeSession } from '../kit/session-cookies.ts'

export const signOut = endpoint({
  name: 'customer.sign-out',
  route: 'DELETE /api/session',
  summary: 'End this session',
  who: customerEven('suspended', 'closed'),
  returns: done,
  refuses: [],
  uses: { identity: refreshCustomers, sessions: keepCustomerSessions },

  async run({ caller, uses, cookies }) {
    const held = heldSession(cookies, customerCookies)
    await uses.sessions.end(caller.customerId, caller.sessionId)
    if (held) await uses.identity.revoke(held.refresh)
    takeSession(cookies, customerCookies)
    return { done: true as const }
  },
})

export const handler = serve(signOut)
