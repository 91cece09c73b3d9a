import * as z from 'zod/mini'
import { Refusal } from '../../core/refusals.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { signInStaff } from '../../outside/identity/staff.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { email, password } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { nextStep, staffSteps } from '../kit/step.ts'

export const signIn = endpoint({
  name: 'admin.sign-in',
  route: 'POST /api/admin/session',
  summary: 'Begin to sign in: a password alone never lets staff in',
  who: anyone,
  body: z.object({ email, password }),
  returns: nextStep,
  refuses: ['credentials-invalid'],
  uses: { identity: signInStaff, attempts: limitAttempts },

  async run({ body, uses, now, viewer, cookies }) {
    await uses.attempts.countFrom(viewer.address, 'staff-sign-in', [[body.email, { uses: 10, windowSeconds: 600 }]], now)
    return inConstantTime(async () => {
      const step = await uses.identity.begin(body.email, body.password)
      if (!step) throw new Refusal('credentials-invalid')
      staffSteps.keep(cookies, step)
      return { next: step.next }
    })
  },
})

export const handler = serve(signIn)
