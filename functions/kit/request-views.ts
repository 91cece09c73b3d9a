import * as z from 'zod/mini'
import { type CancelRequest, cancelStates, type MayCancel, whyNoCancel } from '../../core/orders/cancel-request.ts'
import { type MayRefill, type Refill, refillStates, whyNoRefill } from '../../core/orders/refill.ts'
import { askedOf, requestReasons } from '../../core/orders/request.ts'
import { iso } from '../../core/time.ts'
import { moment } from './fields.ts'

/** How refills and cancellations look on the wire. Why a machine could not go on is between the panel and its provider. */
export const refillView = z.object({
  refillId: z.int(),
  state: z.enum(refillStates),
  askedAt: moment,
  changedAt: moment,
  /** What staff say of it. */
  memo: z.optional(z.string()),
  /** Why it was ended by no one it was asked of. */
  because: z.optional(z.literal('target-blocked')),
})
export const viewRefill = (refill: Refill): z.input<typeof refillView> => ({
  ...refill,
  ...(refill.reason === 'target-blocked' ? { because: refill.reason } : {}),
  askedAt: iso(refill.askedAt),
  changedAt: iso(refill.changedAt),
})

export const cancelRequestView = z.object({
  state: z.enum(cancelStates),
  askedAt: moment,
  changedAt: moment,
  memo: z.optional(z.string()),
})
export const viewCancelRequest = (request: CancelRequest): z.input<typeof cancelRequestView> => ({
  ...request,
  askedAt: iso(request.askedAt),
  changedAt: iso(request.changedAt),
})

/** What may be asked for now, and if not, why, and when it may be. */
export const mayRefillView = z.object({
  may: z.boolean(),
  until: z.optional(moment),
  because: z.optional(z.enum(whyNoRefill)),
  opensAt: z.optional(moment),
})
export const viewMayRefill = (next: MayRefill): z.input<typeof mayRefillView> =>
  next.may
    ? { may: true, until: iso(next.until) }
    : { may: false, because: next.because, ...(next.opensAt ? { opensAt: iso(next.opensAt) } : {}) }

export const mayCancelView = z.object({
  may: z.boolean(),
  /** `withdraw`: all of it comes back at once. `ask`: whoever has it is asked. */
  how: z.optional(z.enum(['withdraw', 'ask'])),
  because: z.optional(z.enum(whyNoCancel)),
  opensAt: z.optional(moment),
})
export const viewMayCancel = (next: MayCancel): z.input<typeof mayCancelView> =>
  next.may
    ? { may: true, how: next.how }
    : { may: false, because: next.because, ...(next.opensAt ? { opensAt: iso(next.opensAt) } : {}) }

/** What staff see besides. */
const forStaff = {
  orderId: z.int(),
  customerId: z.string(),
  providerId: z.string(),
  askedOf: z.enum(askedOf),
  reason: z.optional(z.enum(requestReasons)),
  said: z.optional(z.string()),
}
export const staffRefillView = z.extend(refillView, {
  ...forStaff,
  nth: z.int(),
  providerOrderId: z.optional(z.string()),
  providerRefillId: z.optional(z.string()),
})
export const staffCancelRequestView = z.extend(cancelRequestView, forStaff)
export const viewStaffRefill = (refill: Refill): z.input<typeof staffRefillView> => ({ ...refill, ...viewRefill(refill) })
export const viewStaffCancelRequest = (request: CancelRequest): z.input<typeof staffCancelRequestView> => ({
  ...request,
  ...viewCancelRequest(request),
})
