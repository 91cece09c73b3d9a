import { type Exchange, exchange } from '../catalogue/exchange.ts'
import { dayOf, later } from '../time.ts'
import { euro, type ReferenceRates } from './reference-rates.ts'

const one = 1_000_000_000n
/** What a rate that staff type may be at most. */
const largest = 9_999_999n * one + one - 1n

/** What one of a currency is in the ledger's by the rates of a day; undefined where they do not name both. Rounds up. */
export function dailyRate(currency: string, ledger: string, { perEuro }: Pick<ReferenceRates, 'perEuro'>): Exchange | undefined {
  const [of, into] = [billionthsOf(perEuro, currency), billionthsOf(perEuro, ledger)]
  if (of === undefined || into === undefined) return undefined
  const billionths = (into * one + of - 1n) / of
  return billionths > 0n && billionths <= largest ? exchange(billionths) : undefined
}

function billionthsOf(perEuro: ReferenceRates['perEuro'], currency: string): bigint | undefined {
  if (currency === euro) return one
  const [whole, fraction = ''] = perEuro.get(currency)?.split('.') ?? []
  return whole === undefined ? undefined : BigInt(whole) * one + BigInt(fraction.padEnd(9, '0'))
}

/** A day's rate that differs from the one in use by more than this many per cent waits for a person. */
export const heldAbovePercent = 10

/** So does one that came, by however small steps, more than this many per cent away from where it stood this many days before. */
export const creptAbovePercent = 25
export const creptDays = 30

const isApart = (from: Exchange, to: Exchange, percent: number): boolean =>
  (to > from ? to - from : from - to) * 100n > from * BigInt(percent)

/** A rate, and the day it is of. */
export interface RateOfDay {
  readonly day: string
  readonly exchange: Exchange
}

/** Rates of the last days, the newest first: enough to find the one of `creptDays` ago. */
export const daysToCompare = creptDays + 2

/**
 * Where a rate stood that the one of a day is compared with: what a person last agreed to, within the days; else the one of so
 * many days before; else the oldest there is.
 */
function stoodAt(day: string, currency: string, ledger: string, agreed: RateOfDay | undefined, past: readonly ReferenceRates[]) {
  const start = dayOf(later(new Date(`${day}T00:00:00.000Z`), -creptDays * 86_400))
  if (agreed && agreed.day > start) return agreed
  const known = past.flatMap((of): RateOfDay[] => {
    const exchange = of.day < day ? dailyRate(currency, ledger, of) : undefined
    return exchange === undefined ? [] : [{ day: of.day, exchange }]
  })
  return known.find((of) => of.day <= start) ?? agreed ?? known.at(-1)
}

/** By how many per cent a rate moved: `+12.4`, `-0.3`. Cut off, not rounded: 10.04 is not shown as what would not have been held. */
export function movedBy(from: Exchange, to: Exchange): string {
  const tenths = ((to > from ? to - from : from - to) * 1_000n) / from
  return `${to < from ? '-' : '+'}${tenths / 10n}.${tenths % 10n}`
}

/**
 * A rate of a day longer ago than this is told. Around Easter and Christmas there is none for up to five days: the one of
 * a Thursday is followed by that of the Tuesday after.
 */
export const staleDays = 6
export const isStale = (day: string, now: Date): boolean => new Date(`${day}T00:00:00.000Z`) < later(now, -staleDays * 86_400)

/** What a day's rates mean for a provider that follows them. */
export type Following =
  | { readonly so: 'as-it-is' }
  /** The same, confirmed by a later day. */
  | { readonly so: 'confirmed'; readonly day: string }
  | { readonly so: 'moved' | 'leapt'; readonly day: string; readonly exchange: Exchange }
  /** Slowly, since then. */
  | { readonly so: 'crept'; readonly day: string; readonly exchange: Exchange; readonly since: RateOfDay }

/**
 * `day`: that of the rate in use; `agreed`: the last that a person agreed to. `past`: the rates of the days before, the newest
 * first. Neither an earlier day's rates nor those without its currency change anything.
 */
export function followed(
  standing: RateOfDay & { readonly currency: string; readonly agreed?: RateOfDay | undefined },
  ledger: string,
  rates: ReferenceRates,
  past: readonly ReferenceRates[] = [],
): Following {
  const { currency } = standing
  const next = rates.day < standing.day ? undefined : dailyRate(currency, ledger, rates)
  if (next === undefined) return { so: 'as-it-is' }
  const { day } = rates
  if (next === standing.exchange) return day === standing.day ? { so: 'as-it-is' } : { so: 'confirmed', day }
  if (isApart(standing.exchange, next, heldAbovePercent)) return { so: 'leapt', day, exchange: next }
  const since = stoodAt(day, currency, ledger, standing.agreed, past)
  if (since && isApart(since.exchange, next, creptAbovePercent)) return { so: 'crept', day, exchange: next, since }
  return { so: 'moved', day, exchange: next }
}

/**
 * Rates of a day are there in the afternoon of Frankfurt. They are asked for once after that, and every hour again until
 * there is a good answer.
 */
const publishedAtSeconds = 15.25 * 3_600

export function isAskedSince(goodAt: Date | undefined, now: Date): boolean {
  const slot = (time: Date): number => Math.floor((time.getTime() / 1_000 - publishedAtSeconds) / 86_400)
  return goodAt !== undefined && slot(goodAt) === slot(now)
}
