import { createHash, randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { cookies as panelCookies } from '../../core/identity/cookies.ts'
import { strongEnough } from '../../core/identity/password.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { anyone } from '../../data/door.ts'
import { readPolicies } from '../../data/policies.ts'
import { limitAttempts } from '../../data/rates.ts'
import { settings } from '../../data/settings.ts'
import { signUpCustomers } from '../../outside/identity/customers.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { email, fullName, password } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const signUp = endpoint({
  name: 'public.sign-up',
  route: 'POST /api/sign-up',
  summary: 'Ask for an account; a code is mailed',
  who: anyone,
  body: z.object({
    fullName,
    email,
    password,
    /** The version of the policy that was read, as `GET /api/policy` says it. */
    acceptedTerms: z.int(),
  }),
  returns: z.object({ next: z.literal('confirm') }),
  status: 202,
  refuses: ['password-too-weak', 'terms-outdated'],
  uses: { customers: signUpCustomers, attempts: limitAttempts, mail: mailQueue, policies: readPolicies, settings },

  async run({ body, uses, now, viewer, cookies }) {
    const { version } = await uses.policies.current(uses.settings, now)
    if (body.acceptedTerms !== version) throw new Refusal('terms-outdated', { current: version })
    if (!strongEnough(body.password)) throw new Refusal('password-too-weak')
    await uses.attempts.count(
      'sign-up',
      [
        [viewer.address, { uses: uses.settings.signUpsPerHour, windowSeconds: 3600 }],
        // Each try mails whoever has the address.
        [body.email, { uses: 5, windowSeconds: 3600 }],
      ],
      now,
    )
    return inConstantTime(async () => {
      const ticket = randomBytes(18).toString('base64url')
      const { acceptedTerms, ...wanted } = body
      const holder = await uses.customers.signUp({ ...wanted, terms: `${acceptedTerms}@${iso(now)}`, ticket: hashed(ticket) })
      // Who has the email already is told by mail, and nobody else is told anything.
      if (holder !== undefined) await uses.mail.send([{ template: 'sign-up-again', to: holder }])
      cookies.set(panelCookies.signUp, ticket)
      return { next: 'confirm' as const }
    })
  },
})

const hashed = (ticket: string): string => createHash('sha256').update(ticket).digest('base64url')

export const handler = serve(signUp)
