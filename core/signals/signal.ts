/** What is noticed of those who try keys and numbers that are not theirs (P-USE-3). */
export const signalKinds = ['bad-keys', 'foreign-addresses', 'order-walks'] as const
export type SignalKind = (typeof signalKinds)[number]

/** From how many on a day staff are shown it: below that it is somebody's slip. */
export const shownFrom: Readonly<Record<SignalKind, number>> = {
  /** Keys that open nothing, from one network. */
  'bad-keys': 20,
  /** A key that is good, from where its owner does not let it be used. */
  'foreign-addresses': 1,
  /** Numbers of orders that are not the asking customer's. */
  'order-walks': 50,
}

/** A count for each hour of the day, in UTC: `h00` to `h23`. */
export const hourNames = Array.from({ length: 24 }, (_, hour) => `h${String(hour).padStart(2, '0')}`)
