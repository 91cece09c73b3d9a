import * as z from 'zod/mini'
import { setDisplayCurrencies } from '../../data/display-currencies.ts'
import { staff } from '../../data/door.ts'
import { displayRates } from '../kit/display-currencies.ts'
import { endpoint } from '../kit/endpoint.ts'
import { done, memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setCurrencies = endpoint({
  name: 'admin.set-currencies',
  route: 'PUT /api/admin/currencies',
  summary: 'Set the currencies that customers may have amounts shown in besides, and their rates',
  who: staff('admin.set-currencies'),
  body: z.object({
    rates: displayRates,
    /** When those that were seen had been set; missing where there were none. */
    seen: z.optional(z.string()),
    memo,
  }),
  returns: done,
  refuses: ['changed-meanwhile'],
  uses: { currencies: setDisplayCurrencies },

  async run({ caller, body, uses, now }) {
    const audit = { by: caller.staffId, action: 'admin.set-currencies', on: 'display currencies', why: body.memo }
    await uses.currencies.set(body.rates, body.seen, audit, now)
    return { done: true as const }
  },
})

export const handler = serve(setCurrencies)
