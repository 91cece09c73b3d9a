import * as z from 'zod/mini'
import { type Exchange, formatExchange } from '../../core/catalogue/exchange.ts'
import type { ProviderId } from '../../core/ids.ts'
import { formatMoney, type Money } from '../../core/money.ts'
import { type Finding, findings, isLow, readBalanceAmount } from '../../core/providers/balance.ts'
import { iso } from '../../core/time.ts'
import { dailyView, type HeldRate, viewDaily } from './daily-view.ts'
import { amount, moment } from './fields.ts'

/** How a provider looks to staff: everything but its key. */
export const providerView = z.object({
  providerId: z.string(),
  name: z.string(),
  host: z.string(),
  status: z.enum(['active', 'paused', 'closing']),
  createdAt: moment,
  /** What it counts in, and what one of it is in the ledger's currency. */
  currency: z.string(),
  exchange: z.string(),
  /** Of one that follows the daily rate: which day's it has, and the one that waits for a person. */
  daily: z.optional(dailyView),
  /** Below this much staff are warned. */
  lowBalance: z.optional(amount),
  /** How many calls it gets at once, and in a minute where that is limited. */
  atOnce: z.int(),
  perMinute: z.optional(z.int()),
  /** What came of asking for its balance, last time. */
  balance: z.optional(
    z.object({
      finding: z.enum(findings),
      askedAt: moment,
      milliseconds: z.int(),
      amount: z.optional(z.string()),
      currency: z.optional(z.string()),
      toldAt: z.optional(moment),
      low: z.boolean(),
    }),
  ),
})

interface Seen {
  readonly providerId: ProviderId
  readonly name: string
  readonly url: string
  readonly status: 'active' | 'paused' | 'closing'
  readonly createdAt: Date
  readonly currency?: string | undefined
  readonly exchange: Exchange
  readonly rateDay?: string | undefined
  readonly lowBalance?: Money | undefined
  readonly atOnce: number
  readonly perMinute?: number | undefined
}
interface Told {
  readonly finding: Finding
  readonly askedAt: Date
  readonly milliseconds: number
  readonly amount?: string | undefined
  readonly currency?: string | undefined
  readonly toldAt?: Date | undefined
}

export const viewProvider = (
  { lowBalance, ...seen }: Seen,
  told: Told | undefined,
  held: HeldRate | undefined,
  ledger: string,
  now: Date,
): z.input<typeof providerView> => ({
  ...seen,
  daily: viewDaily(seen, held, now),
  host: new URL(seen.url).host,
  createdAt: iso(seen.createdAt),
  currency: seen.currency ?? ledger,
  exchange: formatExchange(seen.exchange),
  ...(lowBalance === undefined ? {} : { lowBalance: formatMoney(lowBalance) }),
  ...(told ? { balance: viewBalance(told, lowBalance) } : {}),
})

const viewBalance = (told: Told, threshold: Money | undefined) => ({
  ...told,
  askedAt: iso(told.askedAt),
  toldAt: told.toldAt && iso(told.toldAt),
  low: isLow(told.amount === undefined ? undefined : readBalanceAmount(told.amount), threshold),
})

/** Some providers take a secret in the address: what stands behind the question mark is for those who set it. */
export const withoutQuery = (url: string): string => url.split('?')[0] ?? ''
