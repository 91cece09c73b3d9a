import { Refusal } from '../../core/refusals.ts'
import { customerEven } from '../../data/door.ts'
import { manageKeys, readKeys } from '../../data/manage-keys.ts'
import { keepAccounts } from '../../data/privacy/closures.ts'
import { manageSessions } from '../../data/sessions.ts'
import { mailQueue } from '../../outside/queues/send.ts'
import { endKeys } from '../kit/end-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const keepAccount = endpoint({
  name: 'customer.keep-account',
  route: 'DELETE /api/me/closure',
  summary: 'Keep an account that was closed, while there is time: everything is as it was, except for API keys',
  who: customerEven('closed'),
  returns: done,
  refuses: ['account-not-closed', 'erasure-begun'],
  uses: { accounts: keepAccounts, keys: manageKeys, listed: readKeys, sessions: manageSessions, mail: mailQueue },

  async run({ caller: { customerId, sessionId }, uses, now }) {
    if (!(await uses.accounts.isClosed(customerId))) throw new Refusal('account-not-closed')
    // Closing ended keys and sessions; where it was cut off before that, they are ended before they could work again.
    await endKeys(uses, customerId, now)
    await uses.sessions.revokeOthers(customerId, sessionId)
    await uses.accounts.keep(customerId)
    await uses.mail.send([{ template: 'account-kept', to: customerId }])
    return { done: true as const }
  },
})

export const handler = serve(keepAccount)
