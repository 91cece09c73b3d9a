import { readDisplayCurrencies } from '../../data/display-currencies.ts'
import { staff } from '../../data/door.ts'
import { displayCurrencies } from '../kit/display-currencies.ts'
import { endpoint } from '../kit/endpoint.ts'
import { serve } from '../kit/serve.ts'

export const readCurrencies = endpoint({
  name: 'admin.read-currencies',
  route: 'GET /api/admin/currencies',
  summary: 'Currencies that customers may have amounts shown in besides, as they stand now',
  who: staff('admin.read-currencies'),
  returns: displayCurrencies,
  refuses: [],
  uses: { currencies: readDisplayCurrencies },

  async run({ uses }) {
    const { rates, changedAt } = await uses.currencies.all()
    return { rates: [...rates], changedAt }
  },
})

export const handler = serve(readCurrencies)
