import type { Service } from './service.ts'

/**
 * What the panel does about an order after it was placed. A provider may offer refills, cancellation and drip-feed; what
 * the panel does not pass on yet, it does not promise either.
 */
const passedOn = { refill: true, cancel: true, dripFeed: false } as const

/** What is promised of a service. */
export const promised = ({ refillDays, cancel, dripFeed }: Service) => ({
  refill: passedOn.refill && refillDays > 0,
  cancel: passedOn.cancel && cancel,
  dripFeed: passedOn.dripFeed && dripFeed,
})
