/** Who is to do what was asked for about an order: its provider, by machine, or staff. */
export const askedOf = ['provider', 'staff'] as const
export type AskedOf = (typeof askedOf)[number]

/** Why a refill or a cancellation is before staff, or was turned down. */
export const requestReasons = [
  'not-offered-by-provider',
  'provider-refused',
  'staff-refused',
  'no-answer',
  'answer-unclear',
  'worker-lost',
  'key-refused',
  'provider-misconfigured',
  'provider-gone',
  'status-unknown',
  'not-found-at-provider',
  'not-ended',
  'order-unknown',
  'target-blocked',
] as const
export type RequestReason = (typeof requestReasons)[number]
