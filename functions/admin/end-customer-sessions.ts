import * as z from 'zod/mini'
import { customerId, sessionId } from '../../core/ids.ts'
import { staff } from '../../data/door.ts'
import { overseeSessions } from '../../data/sessions.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const endCustomerSessions = endpoint({
  name: 'admin.end-customer-sessions',
  // Not a DELETE: those carry no reason.
  route: 'POST /api/admin/customers/{customerId}/sessions/ending',
  summary: 'Sign a customer out of one session, or of all where none is named, from its next step on',
  who: staff('admin.end-customer-sessions'),
  body: z.object({ sessionId: z.optional(z.string().check(z.minLength(1), z.maxLength(128))), memo }),
  returns: done,
  refuses: ['session-not-found'],
  uses: { sessions: overseeSessions },

  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const audit = {
      by: caller.staffId,
      action: 'admin.end-customer-sessions',
      on: `customer ${id}`,
      why: body.memo,
      // Which one is not said: a session's id is in its owner's list alone.
      after: { ended: body.sessionId === undefined ? 'all' : 'one' },
    }
    if (body.sessionId === undefined) await uses.sessions.endAll(id, audit, now)
    else await uses.sessions.end(id, sessionId(body.sessionId), audit, now)
    return { done: true as const }
  },
})

export const handler = serve(endCustomerSessions)
