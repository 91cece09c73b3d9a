import * as z from 'zod/mini'
import { customer } from '../../data/door.ts'
import { readSessions } from '../../data/sessions.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { sessionView, viewSession } from '../kit/session-view.ts'

export const listSessions = endpoint({
  name: 'customer.list-sessions',
  route: 'GET /api/sessions',
  summary: 'Where the account is signed in, the session that was used last first',
  who: customer,
  returns: z.object({
    rows: z.array(
      z.extend(sessionView, {
        /** The one that asks. */
        current: z.boolean(),
      }),
    ),
  }),
  refuses: [],
  uses: { sessions: readSessions },

  async run({ caller, uses, now }) {
    const sessions = await uses.sessions.list(caller.customerId, now)
    return {
      rows: sessions.map((session) => ({ ...viewSession(session), current: session.sessionId === caller.sessionId })),
    }
  },
})

export const handler = serve(listSessions)
