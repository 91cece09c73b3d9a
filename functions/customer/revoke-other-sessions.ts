import { customer } from '../../data/door.ts'
import { manageSessions } from '../../data/sessions.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const revokeOtherSessions = endpoint({
  name: 'customer.revoke-other-sessions',
  route: 'DELETE /api/sessions',
  summary: 'Sign every other browser out',
  who: customer,
  returns: done,
  refuses: [],
  uses: { sessions: manageSessions },

  async run({ caller, uses }) {
    await uses.sessions.revokeOthers(caller.customerId, caller.sessionId)
    return { done: true as const }
  },
})

export const handler = serve(revokeOtherSessions)
