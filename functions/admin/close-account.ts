import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { parseMoney } from '../../core/money.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { readCustomers } from '../../data/customers.ts'
import { staff } from '../../data/door.ts'
import { manageKeys, readKeys } from '../../data/manage-keys.ts'
import { closeForCustomers } from '../../data/privacy/closures.ts'
import { keepCustomerSessions } from '../../data/sessions.ts'
import { settings } from '../../data/settings.ts'
import { asked, askedIn } from '../kit/asked.ts'
import { endKeys } from '../kit/end-keys.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount, memo, moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const closeAccount = endpoint({
  name: 'admin.close-account',
  route: 'POST /api/admin/customers/{customerId}/closure',
  summary:
    'Close an account for its customer, who asked for it and gives up the balance that is named: as if they had done it, a mail says until when they can keep it',
  who: staff('admin.close-account'),
  body: z.object({ memo, ticketId: askedIn, givesUp: amount }),
  returns: z.object({ eraseAt: moment }),
  refuses: ['customer-not-found', 'ticket-not-found', 'closure-obstructed', 'balance-not-given-up', 'changed-meanwhile'],
  uses: {
    customers: readCustomers,
    accounts: closeForCustomers,
    keys: manageKeys,
    listed: readKeys,
    sessions: keepCustomerSessions,
    settings,
  },

  async run({ caller, path, body, uses, now }) {
    const id = customerId(path.customerId)
    const account = await uses.customers.get(id)
    if (!account) throw new Refusal('customer-not-found')
    const givesUp = parseMoney(body.givesUp)
    if (givesUp === undefined) throw new Refusal('invalid-request')
    const wish = asked('admin.close-account', caller, id, body, `Closed the account: ${body.memo}`)
    const { eraseAt } = await uses.accounts.close(account, givesUp, uses.settings.retention, wish, now)
    await endKeys(uses, id, now)
    await uses.sessions.endAll(id)
    return { eraseAt: iso(eraseAt) }
  },
})

export const handler = serve(closeAccount)
