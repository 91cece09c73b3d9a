import * as z from 'zod/mini'
import { deviceOf } from '../../core/identity/device.ts'
import { iso } from '../../core/time.ts'
import { customer } from '../../data/door.ts'
import { readSessions } from '../../data/sessions.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const listSessions = endpoint({
  name: 'customer.list-sessions',
  route: 'GET /api/sessions',
  summary: 'Where the account is signed in, the session that was used last first',
  who: customer,
  returns: z.object({
    rows: z.array(
      z.object({
        sessionId: z.string(),
        /** As people call it, and as it calls itself. */
        device: z.string(),
        browser: z.string(),
        address: z.string(),
        beganAt: moment,
        seenAt: moment,
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
      rows: sessions.map(({ sessionId, browser, address, beganAt, seenAt }) => ({
        sessionId,
        device: deviceOf(browser),
        browser,
        address,
        beganAt: iso(beganAt),
        seenAt: iso(seenAt),
        current: sessionId === caller.sessionId,
      })),
    }
  },
})

export const handler = serve(listSessions)
