/**
 * Money is whole micro-units (10⁻⁶) of the panel's one ledger currency, in a bigint: no floating point,
 * and no arithmetic with a plain number by accident.
 */
export type Money = bigint & { readonly __unit: 'micro' }

/** The price of 1000, or of one package: a Money with another meaning, so that the two are not mixed up. */
export type Rate = bigint & { readonly __unit: 'micro per 1000' }

export const money = (micros: bigint): Money => micros as Money
export const rate = (microsPer1000: bigint): Rate => microsPer1000 as Rate

export const zero = money(0n)
export const plus = (a: Money, b: Money): Money => money(a + b)
export const minus = (a: Money, b: Money): Money => money(a - b)
export const negative = (a: Money): Money => money(-a)
export const smaller = (a: Money, b: Money): Money => (a < b ? a : b)

/** Rounds up to a micro-unit: the panel never sells below its rate, and the smallest order costs at least one unit. */
export const priceOf = (rateMicrosPer1000: Rate, quantity: number): Money =>
  money((rateMicrosPer1000 * BigInt(quantity) + 999n) / 1000n)

/** `amount × part ÷ whole`, rounded down: a refund never exceeds what was not delivered. */
export const shareOf = (amount: Money, part: number, whole: number): Money => money((amount * BigInt(part)) / BigInt(whole))

const micros = 1_000_000n
const plainDecimal = /^(\d{1,12})(?:\.(\d{1,6}))?$/

/** Reads a plain decimal with at most six decimals (`12`, `0.5`, `1.234567`). Anything else is undefined. */
export function parseMoney(text: string): Money | undefined {
  const [, whole, fraction = ''] = plainDecimal.exec(text) ?? []
  return whole === undefined ? undefined : money(BigInt(whole) * micros + BigInt(fraction.padEnd(6, '0')))
}

/** A plain decimal: exact, at least two decimals, no thousands separator. `1.5` is `1.50`, `0.27819` stays. */
export function formatMoney(amount: Money | Rate): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -6)}.${fraction}`
}
