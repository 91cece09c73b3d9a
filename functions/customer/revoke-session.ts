import { sessionId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { customer } from '../../data/door.ts'
import { manageSessions } from '../../data/sessions.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const revokeSession = endpoint({
  name: 'customer.revoke-session',
  route: 'DELETE /api/sessions/{sessionId}',
  summary: 'Sign one browser out: its session is ended from its next step on',
  who: customer,
  returns: done,
  refuses: ['session-not-found'],
  uses: { sessions: manageSessions },

  async run({ caller, path, uses }) {
    if (!(await uses.sessions.revoke(caller.customerId, sessionId(path.sessionId)))) throw new Refusal('session-not-found')
    return { done: true as const }
  },
})

export const handler = serve(revokeSession)
