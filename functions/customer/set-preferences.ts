import { keepPreferences } from '../../data/customers.ts'
import { customer } from '../../data/door.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, preferences } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setPreferences = endpoint({
  name: 'customer.set-preferences',
  route: 'PUT /api/me/preferences',
  summary: 'Language, theme, a second currency, and which messages come; security messages always do',
  who: customer,
  body: preferences,
  returns: done,
  refuses: [],
  uses: { accounts: keepPreferences },

  async run({ caller, body, uses }) {
    await uses.accounts.keep(caller.customerId, body)
    return { done: true as const }
  },
})

export const handler = serve(setPreferences)
