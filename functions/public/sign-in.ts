import * as z from 'zod/mini'
import { cookieNames } from '../../core/identity/cookies.ts'
import { customerId } from '../../core/ids.ts'
import { Refusal } from '../../core/refusals.ts'
import { openAccounts, readCustomers } from '../../data/customers.ts'
import { anyone } from '../../data/door.ts'
import { limitAttempts, perAddress } from '../../data/rates.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { signInCustomers } from '../../outside/identity/customers.ts'
import type { Person } from '../../outside/identity/tokens.ts'
import { inConstantTime } from '../kit/constant-time.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, email, password } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { giveSession } from '../kit/session-cookies.ts'

export const signIn = endpoint({
  name: 'public.sign-in',
  route: 'POST /api/session',
  summary: 'Sign in; the session is kept in cookies that no script can read',
  who: anyone,
  body: z.object({ email, password }),
  returns: done,
  refuses: ['credentials-invalid'],
  uses: {
    identity: signInCustomers,
    customers: readCustomers,
    accounts: openAccounts,
    sessions: keepCustomerSessions,
    attempts: limitAttempts,
  },

  async run({ body, uses, now, viewer, cookies }) {
    await uses.attempts.count(
      'sign-in',
      [
        [viewer.address, perAddress],
        [body.email, { uses: 20, windowSeconds: 600 }],
      ],
      now,
    )
    return inConstantTime(async () => {
      const tokens = await uses.identity.signIn(body.email, body.password)
      if (!tokens) throw new Refusal('credentials-invalid')
      const id = customerId(tokens.subject)
      const known = await uses.customers.get(id)
      if (known && known.status !== 'active') throw new Refusal('account-suspended')
      // The first sign-in after the email was confirmed opens the account; before that the panel holds nothing of anybody.
      if (!known) await uses.accounts.openOnce({ customerId: id, ...accountOf(tokens.person) }, now)
      await uses.sessions.begin(id, { sessionId: tokens.session, ...viewer, beganAt: now })
      giveSession(cookies, cookieNames.customer, tokens)
      return { done: true as const }
    })
  },
})

function accountOf({ email, fullName, terms }: Person) {
  const [version = '', acceptedAt = ''] = terms.split('@')
  return { email, fullName, terms: { version, acceptedAt: new Date(acceptedAt) } }
}

export const handler = serve(signIn)
