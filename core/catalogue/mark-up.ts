import { type Rate, rate } from '../money.ts'

/** How a provider's price becomes ours: per cent on top, then a fixed amount per 1000, then rounded up to a step. */
export interface MarkUp {
  /** Hundredths of a per cent: 2550 is 25.5 %. */
  readonly basisPoints: number
  readonly fixed: Rate
  /** The result is rounded up to a multiple of this many micro-units; 1 rounds nothing. */
  readonly step: bigint
}

/** Our price of 1000. Rounds up, and is never below the provider's. */
export function marked(cost: Rate, markUp: MarkUp): Rate {
  const exact = (cost * BigInt(10_000 + markUp.basisPoints) + 9_999n) / 10_000n + markUp.fixed
  const stepped = ((exact + markUp.step - 1n) / markUp.step) * markUp.step
  return rate(stepped > cost ? stepped : cost)
}
