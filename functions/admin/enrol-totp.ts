import * as z from 'zod/mini'
import { anyone } from '../../data/door.ts'
import { limitAttempts } from '../../data/rates.ts'
import { settings } from '../../data/settings.ts'
import { signInStaff } from '../../outside/identity/staff.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'
import { otpAddress, staffSteps } from '../kit/step.ts'

export const enrolTotp = endpoint({
  name: 'admin.enrol-totp',
  route: 'POST /api/admin/session/totp-secret',
  summary: 'A secret for the authenticator app, at the first sign-in',
  who: anyone,
  returns: z.object({ secret: z.string(), address: z.string() }),
  refuses: ['sign-in-expired'],
  uses: { identity: signInStaff, attempts: limitAttempts, settings },

  async run({ uses, cookies, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'staff-enrol', [], now)
    const { secret, step } = await uses.identity.enrol(await uses.identity.genuine(staffSteps.held(cookies, 'enrol-totp')))
    staffSteps.keep(cookies, step)
    return { secret, address: otpAddress(`${uses.settings.panelName} console`, secret) }
  },
})

export const handler = serve(enrolTotp)
