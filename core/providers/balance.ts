import { type Money, money } from '../money.ts'

/** What a call to a provider showed of it. */
export const findings = ['works', 'key-refused', 'unreachable', 'not-the-protocol', 'too-large', 'busy'] as const
export type Finding = (typeof findings)[number]

/** A balance as a provider wrote it, in its own currency. Rounds down: what is finer than a micro-unit buys nothing. */
export function readBalanceAmount(decimal: string): Money | undefined {
  const [, sign, whole, fraction = ''] = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(decimal) ?? []
  if (whole === undefined) return undefined
  const micros = BigInt(whole) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'))
  if (sign === '') return money(micros)
  return money(-micros - (/[1-9]/.test(fraction.slice(6)) ? 1n : 0n))
}

/** Whether a provider's funds are below what staff want to be warned at. */
export const isLow = (balance: Money | undefined, threshold: Money | undefined): boolean =>
  balance !== undefined && threshold !== undefined && balance < threshold
