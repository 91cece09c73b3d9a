import * as z from 'zod/mini'
import { strongEnough } from '../../core/identity/password.ts'
import { Refusal } from '../../core/refusals.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { signInStaff } from '../../outside/identity/staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { password } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { nextStep, staffSteps } from '../kit/step.ts'

export const setPassword = endpoint({
  name: 'admin.set-password',
  route: 'POST /api/admin/session/password',
  summary: 'Replace the first password, which was mailed, by one’s own',
  who: anyone,
  body: z.object({ password }),
  returns: nextStep,
  refuses: ['sign-in-expired', 'password-too-weak'],
  uses: { identity: signInStaff, attempts: limitAttempts },

  async run({ body, uses, cookies, now, viewer }) {
    const step = await uses.identity.genuine(staffSteps.held(cookies, 'new-password'))
    if (!strongEnough(body.password)) throw new Refusal('password-too-weak')
    await uses.attempts.countFrom(viewer.address, 'staff-password', [], now)
    const following = await uses.identity.newPassword(step, body.password)
    staffSteps.keep(cookies, following)
    return { next: following.next }
  },
})

export const handler = serve(setPassword)
