import * as z from 'zod/mini'
import { dueAt } from '../../core/tickets/late.ts'
import { readCustomers } from '../../data/customers.ts'
import { customerEven } from '../../data/door.ts'
import { askForArchives } from '../../data/privacy/archives.ts'
import { limitAttempts, provingsPerAccount } from '../../data/rates.ts'
import { spendCodes } from '../../data/second-factors.ts'
import { settings } from '../../data/settings.ts'
import { proveSecondFactors } from '../../outside/identity/second-factors.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, password, typedCode } from '../kit/fields.ts'
import { proveAgain, provingRefusals } from '../kit/prove-again.ts'
import { serve } from '../kit/serve.ts'

export const requestArchive = endpoint({
  name: 'customer.request-archive',
  route: 'POST /api/me/archives',
  summary: 'Ask for everything that is held about oneself, as one archive; a mail tells when it is ready',
  who: customerEven('suspended', 'closed'),
  body: z.object({ password, code: z.optional(typedCode) }),
  returns: done,
  status: 202,
  refuses: [...provingRefusals, 'archive-under-way'],
  uses: {
    customers: readCustomers,
    archives: askForArchives,
    proofs: proveSecondFactors,
    codes: spendCodes,
    attempts: limitAttempts,
    settings,
  },

  async run({ caller: { customerId }, body, uses, now, viewer }) {
    await uses.attempts.countFrom(viewer.address, 'request-archive', [[customerId, provingsPerAccount]], now)
    await proveAgain(uses, await uses.customers.own(customerId), body, now)
    await uses.attempts.count('archives', [[customerId, { uses: 5, windowSeconds: 86_400 }]], now)
    await uses.archives.ask(customerId, dueAt(now, uses.settings), now)
    return { done: true as const }
  },
})

export const handler = serve(requestArchive)
