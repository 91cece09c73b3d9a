import * as z from 'zod/mini'
import { staffCookies } from '../../core/identity/cookies.ts'
import { staffId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { keepAudit } from '../../data/audit.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { keepStaffSessions } from '../../data/sessions.ts'
import { signInStaff } from '../../outside/identity/staff.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { code } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { giveSession } from '../kit/session-cookies.ts'
import { nextStep, staffSteps } from '../kit/step.ts'

export const finishSignIn = endpoint({
  name: 'admin.finish-sign-in',
  route: 'POST /api/admin/session/totp',
  summary: 'The second factor: a code from the authenticator app; the sign-in is on record',
  who: anyone,
  body: z.object({ code }),
  returns: nextStep,
  refuses: ['sign-in-expired', 'code-invalid'],
  uses: { identity: signInStaff, sessions: keepStaffSessions, attempts: limitAttempts, audit: keepAudit },

  async run({ body, uses, now, viewer, cookies }) {
    const step = await uses.identity.genuine(staffSteps.held(cookies, 'totp', 'enrol-totp'))
    await uses.attempts.countFrom(viewer.address, 'staff-totp', [[step.username, { uses: 10, windowSeconds: 600 }]], now)
    return inConstantTime(async () => {
      const tokens = await uses.identity.finish(step, body.code)
      if (!tokens) throw new Refusal('code-invalid')
      const id = staffId(tokens.subject)
      await uses.audit.record({ by: id, action: 'admin.finish-sign-in', on: `staff ${id}` }, now)
      await uses.sessions.begin(id, { sessionId: tokens.session, ...viewer, beganAt: now })
      giveSession(cookies, staffCookies, tokens)
      staffSteps.drop(cookies)
      return { next: 'done' as const }
    })
  },
})

export const handler = serve(finishSignIn)
