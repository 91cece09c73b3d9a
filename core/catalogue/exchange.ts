import { type Rate, rate } from '../money.ts'

/**
 * What one unit of a provider's currency is in the ledger's, as the operator says: whole billionths, so that small
 * currencies keep their digits.
 */
export type Exchange = bigint & { readonly __unit: 'billionths of the ledger currency' }

const one = 1_000_000_000n
export const exchange = (billionths: bigint): Exchange => billionths as Exchange
/** A provider that prices in the ledger's own currency. */
export const parity = exchange(one)

const plainDecimal = /^(\d{1,7})(?:\.(\d{1,9}))?$/

/** Reads a plain decimal with at most nine decimals (`1.0845`, `0.000039412`). Nothing, or anything else, is undefined. */
export function parseExchange(text: string): Exchange | undefined {
  const [, whole, fraction = ''] = plainDecimal.exec(text) ?? []
  const billionths = whole === undefined ? 0n : BigInt(whole) * one + BigInt(fraction.padEnd(9, '0'))
  return billionths > 0n ? exchange(billionths) : undefined
}

export function formatExchange(billionths: Exchange): string {
  const digits = billionths.toString().padStart(10, '0')
  const fraction = digits.slice(-9).replace(/0+$/, '')
  return fraction === '' ? digits.slice(0, -9) : `${digits.slice(0, -9)}.${fraction}`
}

/** A provider's own price in the ledger's currency. Rounds up: no cost is taken for less than it is. */
export const inLedger = (quoted: Rate, billionths: Exchange): Rate => rate((quoted * billionths + one - 1n) / one)

/** What a cost in the ledger's currency is in the provider's own; undefined where that is the same. Rounds up, too. */
export const quotedFrom = (cost: Rate, billionths: Exchange): Rate | undefined =>
  billionths === parity ? undefined : rate((cost * one + billionths - 1n) / billionths)
