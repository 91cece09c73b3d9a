import * as z from 'zod/mini'
import { formatExchange } from '../../core/catalogue/exchange.ts'
import { dailyRate, isStale } from '../../core/rates/daily-rate.ts'
import { euro } from '../../core/rates/reference-rates.ts'
import { iso } from '../../core/time.ts'
import { staff } from '../../data/door.ts'
import { askFindings, type DaysRates, readExchangeRates } from '../../data/exchange-rates.ts'
import { settings } from '../../data/settings.ts'
import { endpoint } from '../kit/endpoint.ts'
import { moment } from '../kit/fields.ts'
import { serve } from '../kit/serve.ts'

const daysShown = 30
const worth = z.object({ currency: z.string(), exchange: z.string() })

export const readRates = endpoint({
  name: 'admin.read-rates',
  route: 'GET /api/admin/rates',
  summary: 'What currencies are worth in the ledger’s by the newest daily rates; of one of them, over the last days',
  who: staff('admin.read-rates'),
  query: z.object({ currency: z.optional(z.string().check(z.regex(/^[A-Z]{3}$/))) }),
  returns: z.object({
    /** The host that is asked; missing where no source is set. */
    source: z.optional(z.string()),
    asked: z.optional(z.object({ at: moment, finding: z.enum(askFindings) })),
    latest: z.optional(z.object({ day: z.string(), source: z.string(), stale: z.boolean(), rates: z.array(worth) })),
    /** Of the currency that was asked for, oldest first. */
    past: z.array(z.object({ day: z.string(), exchange: z.string() })),
  }),
  refuses: [],
  uses: { known: readExchangeRates, settings },

  async run({ query, uses, now }) {
    const ledger = uses.settings.currency
    const [days, asked] = await Promise.all([uses.known.latest(query.currency === undefined ? 1 : daysShown), uses.known.asked()])
    const [latest] = days
    const { currency } = query
    return {
      source: uses.settings.ratesSource,
      asked: asked && { at: iso(asked.askedAt), finding: asked.finding },
      latest: latest && {
        day: latest.day,
        source: latest.source,
        stale: isStale(latest.day, now),
        rates: [euro, ...latest.perEuro.keys()].toSorted().flatMap((one) => worthOf(one, ledger, latest) ?? []),
      },
      past:
        currency === undefined
          ? []
          : days.toReversed().flatMap((of) => {
              const rate = worthOf(currency, ledger, of)
              return rate ? { day: of.day, exchange: rate.exchange } : []
            }),
    }
  },
})

function worthOf(currency: string, ledger: string, rates: DaysRates): z.input<typeof worth> | undefined {
  const rate = currency === ledger ? undefined : dailyRate(currency, ledger, rates)
  return rate === undefined ? undefined : { currency, exchange: formatExchange(rate) }
}

export const handler = serve(readRates)
