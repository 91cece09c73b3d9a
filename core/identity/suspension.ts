/** What the owner of a suspended account is told it is for. What staff know beyond that is in their memo, and stays there. */
export const suspensionReasons = ['forbidden-use', 'fraud', 'payment-disputed', 'taken-over', 'law'] as const
export type SuspensionReason = (typeof suspensionReasons)[number]

export interface Suspension {
  readonly since: Date
  /** Undefined where a law forbids to tell it. */
  readonly reason?: SuspensionReason | undefined
}
