import { writing } from './writing.ts'

/** Money on the site is the server's own text, cut and padded; where two amounts meet, they meet as whole micro-units. */

const scale = 6

export function toMicros(amount: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(amount) ?? []
  const micros = BigInt(whole + fraction.padEnd(scale, '0'))
  return sign ? -micros : micros
}

/** A plain decimal with all six decimals: `-1.260000`. */
export function fromMicros(micros: bigint): string {
  const digits = (micros < 0n ? -micros : micros).toString().padStart(scale + 1, '0')
  return `${micros < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}

export const difference = (from: string, take: string): string => fromMicros(toMicros(from) - toMicros(take))
export const sum = (one: string, other: string): string => fromMicros(toMicros(one) + toMicros(other))
/** `amount × part ÷ whole`, rounded down, as the server does it. */
export const shareOf = (amount: string, part: number, whole: number): string =>
  fromMicros((toMicros(amount) * BigInt(part)) / BigInt(whole))
export const isZero = (amount: string): boolean => toMicros(amount) === 0n
export const isNegative = (amount: string): boolean => toMicros(amount) < 0n

/** What staff type as an amount, as the server reads it: undefined when it would not. */
export const readAmount = (text: string): string | undefined =>
  /^\d{1,12}(\.\d{1,6})?$/.test(text.trim()) ? text.trim() : undefined

export interface WrittenAmount {
  readonly sign: string
  /** The digits that say something. */
  readonly telling: string
  /** The zeros after them. */
  readonly zeros: string
  /** Whether there are more digits than are shown. */
  readonly more: boolean
  /** All six decimals. */
  readonly exact: string
}

const fewest = 2
const most = 5

/** How an amount is written: 2 to 5 decimals and no rounding. What does not fit is marked, and told on hover. */
export function written(amount: string, decimals: number = fewest): WrittenAmount {
  const micros = toMicros(amount)
  const [whole = '0', fraction = ''] = fromMicros(micros < 0n ? -micros : micros).split('.')
  const telling = fraction.replace(/0+$/, '')
  const shown = telling.slice(0, most)
  const zeros = '0'.repeat(Math.max(0, Math.max(decimals, fewest) - shown.length))
  const { point, group } = writing()
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group)
  const sign = micros < 0n ? '−' : ''
  return {
    sign,
    telling: shown === '' ? grouped : `${grouped}${point}${shown}`,
    zeros: shown === '' ? `${point}${zeros}` : zeros,
    more: telling.length > most,
    exact: `${sign}${grouped}${point}${fraction}`,
  }
}

/** In words, for a button or a sentence: `1.26`. */
export function inWords(amount: string): string {
  const { sign, telling, zeros, more } = written(amount)
  return `${sign}${telling}${zeros}${more ? '…' : ''}`
}

/** How many decimals a column needs so that its points stand under one another. */
export const decimalsOf = (amounts: readonly string[]): number =>
  Math.max(
    fewest,
    ...amounts.map((amount) => Math.min(most, (fromMicros(toMicros(amount)).split('.')[1] ?? '').replace(/0+$/, '').length)),
  )

export const count = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, writing().group)

const rateScale = 8

/** An amount in another currency, at so much of it for one unit: about right, to two decimals or two telling digits. */
export function converted(amount: string, rate: string): string {
  const [whole = '0', fraction = ''] = rate.split('.')
  const scaled = BigInt(whole + fraction.padEnd(rateScale, '0').slice(0, rateScale))
  const micros = toMicros(amount)
  // In units of 10⁻¹⁴, rounded to the decimals that are shown.
  const exact = (micros < 0n ? -micros : micros) * scaled
  const decimals = exact === 0n ? 2 : Math.min(scale, Math.max(2, scale + rateScale - exact.toString().length + 2))
  const step = 10n ** BigInt(scale + rateScale - decimals)
  const rounded = ((exact + step / 2n) / step) * step
  return fromMicros((micros < 0n ? -1n : 1n) * (rounded / 10n ** BigInt(rateScale)))
}
