import * as z from 'zod/mini'
import { type Exchange, formatExchange } from '../../core/catalogue/exchange.ts'
import { isStale, movedBy, type RateOfDay } from '../../core/rates/daily-rate.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** How a provider that follows the daily rate stands. */
export const dailyView = z.object({
  /** The day of the rate in use. */
  day: z.string(),
  stale: z.boolean(),
  /** A rate that moved too far to be taken by itself. */
  held: z.optional(
    z.object({
      day: z.string(),
      exchange: z.string(),
      /** In per cent: `+12.4`. */
      moved: z.string(),
      /** Of one that came there slowly: where it stood, and how far it moved since. */
      since: z.optional(z.object({ day: z.string(), exchange: z.string(), moved: z.string() })),
      at: moment,
    }),
  ),
})

export interface HeldRate {
  readonly day: string
  readonly exchange: Exchange
  readonly since?: RateOfDay | undefined
  readonly at: Date
  readonly isLeft: boolean
}

export function viewDaily(
  { rateDay, exchange }: { readonly rateDay?: string | undefined; readonly exchange: Exchange },
  held: HeldRate | undefined,
  now: Date,
): z.input<typeof dailyView> | undefined {
  if (rateDay === undefined) return undefined
  const waits = held && !held.isLeft ? held : undefined
  return {
    day: rateDay,
    stale: isStale(rateDay, now),
    held: waits && {
      day: waits.day,
      exchange: formatExchange(waits.exchange),
      moved: movedBy(exchange, waits.exchange),
      since: waits.since && {
        day: waits.since.day,
        exchange: formatExchange(waits.since.exchange),
        moved: movedBy(waits.since.exchange, waits.exchange),
      },
      at: iso(waits.at),
    },
  }
}
