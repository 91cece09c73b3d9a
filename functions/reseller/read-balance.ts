import * as z from 'zod/mini'
import { formatMoney } from '../../core/money.ts'
import { reseller } from '../../data/door.ts'
import { settings } from '../../data/settings.ts'
import { readWallets } from '../../data/wallets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { amount } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const readBalance = endpoint({
  name: 'reseller.read-balance',
  route: 'GET /api/reseller/v1/balance',
  summary: 'What can be spent',
  who: reseller('balance'),
  returns: z.object({ available: amount, currency: z.string() }),
  refuses: ['key-invalid', 'scope-forbids', 'customer-not-found'],
  uses: { wallets: readWallets, settings },

  async run({ caller, uses }) {
    const { available } = await uses.wallets.get(caller.customerId)
    return { available: formatMoney(available), currency: uses.settings.currency }
  },
})

export const handler = serve(readBalance)
