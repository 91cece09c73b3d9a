import * as z from 'zod/mini'
import { type Exchange, formatExchange, parity, parseExchange } from '../../core/catalogue/exchange.ts'
import { providerId } from '../../core/ids.ts'
import { formatMoney, parseMoney } from '../../core/money.ts'
import { dailyRate } from '../../core/rates/daily-rate.ts'
import { Refusal } from '../../core/refusals.ts'
import { staff } from '../../data/door.ts'
import { type DaysRates, readExchangeRates } from '../../data/exchange-rates.ts'
import { countInMoney } from '../../data/provider-money.ts'
import { type ProviderMoney, readProviders } from '../../data/providers.ts'
import { type Settings, settings } from '../../data/settings.ts'
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
    /** Follows the daily rate from now on: `exchange` is then the one that was seen, and refused when it is another by now. */
    daily: z._default(z.boolean(), false),
    /** In the provider's currency. */
    lowBalance: z.optional(z.string().check(z.maxLength(20))),
    memo,
  }),
  returns: z.object({ taskId: z.optional(z.string()) }),
  refuses: ['provider-not-found', 'provider-changed', 'provider-busy', 'rate-unknown', 'changed-meanwhile'],
  uses: { providers: readProviders, rates: readExchangeRates, money: countInMoney, settings },

  async run({ caller, path, body, uses, now }) {
    const seen = await uses.providers.get(providerId(path.providerId))
    const own = body.currency === uses.settings.currency
    const exchange = parseExchange(body.exchange)
    // One of the ledger's own currency is one of it.
    if (exchange === undefined || (own && exchange !== parity)) throw new Refusal('invalid-request', { fields: ['exchange'] })
    const lowBalance = body.lowBalance === undefined ? undefined : parseMoney(body.lowBalance)
    if (body.lowBalance !== undefined && lowBalance === undefined) throw new Refusal('invalid-request', { fields: ['lowBalance'] })
    const follows = body.daily && !own
    const rateDay = follows ? dayOfRate(body.currency, exchange, await uses.rates.latest(1), uses.settings) : undefined
    const wanted = { currency: own ? undefined : body.currency, exchange, lowBalance, rateDay }
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

/** The day of the rate that was seen; refuses where there is none, or it is another by now. */
function dayOfRate(
  currency: string,
  seen: Exchange,
  [latest]: readonly DaysRates[],
  { currency: ledger, ratesSource }: Pick<Settings, 'currency' | 'ratesSource'>,
): string {
  const rate = latest && ratesSource !== undefined ? dailyRate(currency, ledger, latest) : undefined
  if (!latest || rate === undefined) throw new Refusal('rate-unknown')
  if (rate !== seen) throw new Refusal('changed-meanwhile')
  return latest.day
}

const factsOf = ({ currency, exchange, lowBalance, rateDay }: ProviderMoney, ledger: string) => ({
  currency: currency ?? ledger,
  exchange: formatExchange(exchange),
  ...(rateDay === undefined ? {} : { dailyRateOf: rateDay }),
  ...(lowBalance === undefined ? {} : { lowBalance: formatMoney(lowBalance) }),
})

export const handler = serve(setProviderMoney)
