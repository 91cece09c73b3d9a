import * as z from 'zod/mini'
import { customerId } from '../../core/ids.ts'
import { parseMoney } from '../../core/money.ts'
import { Refusal } from '../../core/refusals.ts'
import { adjustWallets } from '../../data/adjust-wallets.ts'
import { staff } from '../../data/door.ts'
import { settings } from '../../data/settings.ts'
import { readWallets } from '../../data/wallets.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo, requestId } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'
import { viewWallet, walletView } from '../kit/views.ts'

export const adjustWallet = endpoint({
  name: 'admin.adjust-wallet',
  route: 'POST /api/admin/customers/{customerId}/adjustments',
  summary:
    'Credit or debit a wallet, with a memo the customer reads; the same requestId again moves nothing; a large credit waits for a second person',
  who: staff('admin.adjust-wallet'),
  body: z.object({ kind: z.enum(['credit', 'debit']), amount: z.string().check(z.maxLength(20)), memo, requestId }),
  returns: z.extend(walletView, {
    /** Nothing moved yet: a second person has to agree. */
    waits: z.boolean(),
  }),
  refuses: ['customer-not-found', 'insufficient-funds', 'request-id-reused'],
  uses: { adjusting: adjustWallets, wallets: readWallets, settings },

  async run({ caller, path, body, uses, now }) {
    const customer = customerId(path.customerId)
    const amount = parseMoney(body.amount)
    if (amount === undefined || amount <= 0n) throw new Refusal('invalid-request', { fields: ['amount'] })
    const { kind, memo, requestId } = body
    const audit = {
      by: caller.staffId,
      action: 'admin.adjust-wallet',
      on: `customer ${customer}`,
      why: memo,
      after: { kind, amount: body.amount },
    }
    const adjustment = { customer, kind, amount, memo, by: caller.staffId, requestId, at: now }
    const outcome = await uses.adjusting.adjust(adjustment, uses.settings.creditAlonePerDay, audit)
    return { ...viewWallet(await uses.wallets.get(customer)), waits: outcome === 'waits' }
  },
})

export const handler = serve(adjustWallet)
