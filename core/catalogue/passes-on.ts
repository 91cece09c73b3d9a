import type { Service } from './service.ts'
import { serviceTypeRule } from './service-types.ts'

/**
 * What the panel does about an order after it was placed. A provider may offer refills, cancellation and drip-feed; what
 * the panel does not pass on yet, it does not promise either.
 */
const passedOn = { refill: true, cancel: true, dripFeed: true } as const

/** What is promised of a service. */
export const promised = ({ refillDays, cancel, dripFeed, type }: Service) => ({
  refill: passedOn.refill && refillDays > 0,
  cancel: passedOn.cancel && cancel,
  dripFeed: passedOn.dripFeed && dripFeed && serviceTypeRule(type).optional.includes('runs'),
})
