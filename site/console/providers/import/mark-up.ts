import { fromMicros, readAmount, toMicros } from '../../../shared/amounts.ts'

/** A mark-up as it is typed, and as the server takes it: undefined where it would not. */
export interface TypedMarkUp {
  readonly percent: string
  readonly fixed: string
  readonly step: string
}

export interface MarkUp {
  readonly percent: number
  readonly fixed: string
  readonly step: string
}

export function readMarkUp({ percent, fixed, step }: TypedMarkUp): MarkUp | undefined {
  const perCent = readPercent(percent)
  const added = readAmount(fixed)
  return perCent === undefined || added === undefined ? undefined : { percent: perCent, fixed: added, step }
}

/** Per cent with at most two decimals, as the server takes it. */
export const readPercent = (text: string): number | undefined =>
  /^\d{1,4}(\.\d{1,2})?$/.test(text.trim()) && Number(text) <= 1_000 ? Number(text) : undefined

/** The same sum as the server's: per cent on top, rounded up, then the fixed part, then up to the step. */
export function priceOf(cost: string, { percent, fixed, step }: MarkUp): string {
  const basisPoints = BigInt(Math.round(percent * 100))
  const exact = (toMicros(cost) * (10_000n + basisPoints) + 9_999n) / 10_000n + toMicros(fixed)
  const multiple = toMicros(step)
  return fromMicros(((exact + multiple - 1n) / multiple) * multiple)
}
