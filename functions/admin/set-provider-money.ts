import * as z from 'zod/mini'
import { formatExchange, parity, parseExchange } from '../../core/catalogue/exchange.ts'
import { providerId } from '../../core/ids.ts'
import { formatMoney, parseMoney } from '../../core/money.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { countInMoney } from '../../data/provider-money.ts'
import { type ProviderMoney, readProviders } from '../../data/providers.ts'
import { settings } from '../../data/settings.ts'
import { newTaskId } from '../../data/tasks.ts'
import { endpoint } from '../kit/endpoint.ts'
import { memo } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

export const setProviderMoney = endpoint({
  name: 'admin.set-provider-money',
  route: 'PUT /api/admin/providers/{providerId}/money',
  summary: 'Say what a provider counts in, what that is worth, and when to be warned; another worth re-prices its services',
  who: staff('admin.set-provider-money'),
  body: z.object({
    currency: z.string().check(z.trim(), z.toUpperCase(), z.regex(/^[A-Z]{3,5}$/)),
    /** What one of it is in the ledger's currency: a plain decimal with at most nine decimals. */
    exchange: z.string().check(z.maxLength(20)),
    /** In the provider's currency. */
    lowBalance: z.optional(z.string().check(z.maxLength(20))),
    memo,
  }),
  returns: z.object({ taskId: z.optional(z.string()) }),
  refuses: ['provider-not-found', 'provider-changed', 'provider-busy'],
  uses: { providers: readProviders, money: countInMoney, settings },

  async run({ caller, path, body, uses, now }) {
    const seen = await uses.providers.get(providerId(path.providerId))
    const own = body.currency === uses.settings.currency
    const exchange = parseExchange(body.exchange)
    // One of the ledger's own currency is one of it.
    if (exchange === undefined || (own && exchange !== parity)) throw new Refusal('invalid-request', { fields: ['exchange'] })
    const lowBalance = body.lowBalance === undefined ? undefined : parseMoney(body.lowBalance)
    if (body.lowBalance !== undefined && lowBalance === undefined) throw new Refusal('invalid-request', { fields: ['lowBalance'] })
    const wanted = { currency: own ? undefined : body.currency, exchange, lowBalance }
    const recost = exchange === seen.exchange ? undefined : newTaskId(now)
    const audit = {
      by: caller.staffId,
      action: 'admin.set-provider-money',
      on: `provider ${seen.providerId}`,
      why: body.memo,
      before: factsOf(seen, uses.settings.currency),
      after: factsOf(wanted, uses.settings.currency),
    }
    await uses.money.count(seen, wanted, audit, now, recost)
    return { taskId: recost }
  },
})

const factsOf = ({ currency, exchange, lowBalance }: ProviderMoney, ledger: string) => ({
  currency: currency ?? ledger,
  exchange: formatExchange(exchange),
  ...(lowBalance === undefined ? {} : { lowBalance: formatMoney(lowBalance) }),
})

export const handler = serve(setProviderMoney)
