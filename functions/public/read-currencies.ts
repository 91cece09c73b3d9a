import { readDisplayCurrencies } from '../../data/display-currencies.ts'
import { anyone } from '../../data/door.ts'
import { displayCurrencies } from '../kit/display-currencies.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const readCurrencies = endpoint({
  name: 'public.read-currencies',
  route: 'GET /api/currencies',
  summary: 'Currencies that amounts can be shown in besides, and at which rate; every charge is in the ledger’s own',
  who: anyone,
  returns: displayCurrencies,
  refuses: [],
  uses: { currencies: readDisplayCurrencies },
  cacheSeconds: 15,

  async run({ uses }) {
    const { rates, changedAt } = await uses.currencies.all()
    return { rates: [...rates], changedAt }
  },
})

export const handler = serve(readCurrencies)
