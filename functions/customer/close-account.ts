import * as z from 'zod/mini'
import { cookies as customerCookies } from '../../core/identity/cookies.ts'
import { parseMoney } from '../../core/money.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { customerEven } from '../../data/door.ts'
import { manageKeys, readKeys } from '../../data/manage-keys.ts'
import { closeAccounts } from '../../data/privacy/closures.ts'
import { limitAttempts, provingsPerAccount } from '../../data/rates.ts'
import { spendCodes } from '../../data/second-factors.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { settings } from '../../data/settings.ts'
import { proveSecondFactors } from '../../outside/identity/second-factors.ts'
import { endKeys } from '../kit/end-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount, moment, password, typedCode } from '../kit/fields.ts'
import { proveAgain, provingRefusals } from '../kit/prove-again.ts'
import { serve } from '../kit/serve.ts'
import { takeSession } from '../kit/session-cookies.ts'

export const closeAccount = endpoint({
  name: 'customer.close-account',
  route: 'POST /api/me/closure',
  summary:
    'Close the account, with the password and a code where a second factor is on: every session and key ends at once, and after a grace period everything is erased',
  // Closed as well: a try that was cut off is finished by the next.
  who: customerEven('suspended', 'closed'),
  // The balance in words of its owner: nothing is given up by not saying it.
  body: z.object({ password, code: z.optional(typedCode), givesUp: amount }),
  returns: z.object({ eraseAt: moment }),
  refuses: [...provingRefusals, 'closure-obstructed', 'balance-not-given-up', 'customer-not-found', 'changed-meanwhile'],
  uses: {
    customers: readCustomers,
    accounts: closeAccounts,
    proofs: proveSecondFactors,
    codes: spendCodes,
    keys: manageKeys,
    listed: readKeys,
    sessions: keepCustomerSessions,
    attempts: limitAttempts,
    settings,
  },

  async run({ caller: { customerId }, body, uses, now, viewer, cookies }) {
    await uses.attempts.countFrom(viewer.address, 'close-account', [[customerId, provingsPerAccount]], now)
    const me = await uses.customers.own(customerId)
    const givesUp = parseMoney(body.givesUp)
    if (givesUp === undefined) throw new Refusal('invalid-request')
    await proveAgain(uses, me, body, now)
    const { eraseAt } = await uses.accounts.close(me, givesUp, uses.settings.retention, now)
    // From here on nothing of it works.
    await endKeys(uses, customerId, now)
    await uses.sessions.endAll(customerId)
    takeSession(cookies, customerCookies)
    return { eraseAt: iso(eraseAt) }
  },
})

export const handler = serve(closeAccount)
