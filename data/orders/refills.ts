import * as z from 'zod/mini'
import {
  type Attempt,
  attempt,
  type CustomerId,
  customerId,
  type OrderId,
  orderId,
  type ProviderRefillId,
  providerId,
  providerOrderId,
  providerRefillId,
  type RefillId,
  refillId,
} from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import {
  mayRefill,
  type Refill,
  type RefillMove,
  refillMoves,
  refillStates,
  waitsHere,
  type whyNoRefill,
} from '../../core/orders/refill.ts'
import { type AskedOf, askedOf, type RequestReason, requestReasons } from '../../core/orders/request.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { getItems } from '../get-items.ts'
import { acceptedAt, keys, openLists, padded, readAcceptedAt } from '../keys.ts'
import { advance } from '../numbers.ts'
import { queryAll } from '../query.ts'
import { id, integer, numberId, time } from '../read.ts'
import { append, transact } from '../transact.ts'
import { changeRequest, type RequestChange, taking } from './request-item.ts'

const refillItem = z.object({
  refillId: numberId(refillId),
  orderId: numberId(orderId),
  customerId: id(customerId),
  nth: integer,
  state: z.enum(refillStates),
  askedOf: z.enum(askedOf),
  acceptedAt: z.pipe(z.string(), z.transform(readAcceptedAt)),
  changedAt: time,
  providerId: id(providerId),
  providerOrderId: z.optional(id(providerOrderId)),
  providerRefillId: z.optional(id(providerRefillId)),
  attempt: z.optional(id(attempt)),
  leaseUntil: z.optional(time),
  reason: z.optional(z.enum(requestReasons)),
  said: z.optional(z.string()),
  memo: z.optional(z.string()),
})

export function readRefill(item: unknown): Refill {
  const { acceptedAt: askedAt, ...rest } = refillItem.parse(item)
  return { ...rest, askedAt }
}

const numberItem = z.object({ sk: z.string(), orderId: numberId(orderId), nth: integer })

interface ReadRefills {
  /** All that an order ever had, oldest first. */
  of(customer: CustomerId, order: OrderId): Promise<Refill[]>
  /** Those of these numbers that are this customer's, in no order. At most 100. */
  some(customer: CustomerId, refills: readonly RefillId[]): Promise<Refill[]>
}

export const readRefills = {
  allow: [
    { on: 'table', actions: ['Query', 'BatchGetItem'], keys: ['REFILL#*'] },
    { on: 'table', actions: ['BatchGetItem'], keys: ['REFILL-NUMBER#*'] },
  ],
  open: () => ({
    of: refillsOf,
    async some(customer, refills) {
      const numbers = (await getItems(refills.map((refill) => keys.refillNumber(customer, refill)))).map((item) =>
        numberItem.parse(item),
      )
      return (await getItems(numbers.map(({ orderId, nth }) => keys.refill(customer, orderId, nth)))).map(readRefill)
    },
  }),
} satisfies Need<ReadRefills>

async function refillsOf(customer: CustomerId, order: OrderId): Promise<Refill[]> {
  const refills: Refill[] = []
  const found = queryAll({
    KeyConditionExpression: 'pk = :pk AND begins_with(sk, :order)',
    ExpressionAttributeValues: { ':pk': keys.refill(customer, order, 0).pk, ':order': `${padded(order)} ` },
    ConsistentRead: true,
  })
  for await (const item of found) refills.push(readRefill(item))
  return refills
}

interface AskForRefills {
  /** Refuses with the reason where there may be none now. `by` is who is to do it. */
  ask(order: Order, service: { readonly refillDays: number } | undefined, by: AskedOf, now: Date): Promise<Refill>
}

export const askForRefills = {
  allow: [
    { on: 'table', actions: ['Query'], keys: ['REFILL#*'] },
    { on: 'table', actions: ['PutItem'], keys: ['REFILL#*', 'REFILL-NUMBER#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['ORDER#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['UpdateItem'], keys: ['COUNTER'] },
  ],
  open: () => ({
    async ask(order, service, by, now) {
      const { customerId, orderId, providerId, providerOrderId } = order
      for (;;) {
        const last = (await refillsOf(customerId, orderId)).at(-1)
        const verdict = mayRefill(order, service, last, now)
        if (!verdict.may) throw refillRefused(verdict.because, verdict.opensAt)
        const number = refillId((await advance('refills', 1)) - 1)
        const nth = (last?.nth ?? 0) + 1
        const item = {
          ...keys.refill(customerId, orderId, nth),
          refillId: number,
          orderId,
          customerId,
          nth,
          state: 'pending',
          askedOf: by,
          ...(by === 'staff' ? { reason: 'not-offered-by-provider' } : {}),
          acceptedAt: acceptedAt(now, number),
          changedAt: iso(now),
          providerId,
          providerOrderId,
          openOn: by === 'staff' ? openLists.requests() : openLists.toForward(),
        }
        const refused = await transact({
          order: {
            Check: {
              Key: keys.order(customerId, orderId),
              ConditionExpression: '#state = :completed AND refunded = :nothing',
              ExpressionAttributeNames: { '#state': 'state' },
              ExpressionAttributeValues: { ':completed': 'completed', ':nothing': 0 },
            },
          },
          refill: append(item),
          number: append({ ...keys.refillNumber(customerId, number), orderId, nth }),
        })
        switch (refused) {
          case undefined:
            return readRefill(item)
          case 'order':
            throw refillRefused('given-back')
          case 'refill':
          case 'number':
            continue // Somebody asked at the same moment, or the number is taken, as it can be after a restore.
        }
      }
    },
  }),
} satisfies Need<AskForRefills>

export const refillRefused = (because: (typeof whyNoRefill)[number], opensAt?: Date): Refusal =>
  new Refusal('refill-unavailable', { because, ...(opensAt ? { opensAt: iso(opensAt) } : {}) })

/** A refill in a worker's hands. */
export interface ClaimedRefill extends Refill {
  readonly attempt: Attempt
}

interface ForwardRefills {
  /** Refuses nobody: undefined when there is none. */
  get(customer: CustomerId, order: OrderId, nth: number): Promise<Refill | undefined>
  /** Takes it in hand before anything is sent: the fence that has it sent at most once. */
  claim(refill: Refill, by: Attempt, now: Date): Promise<ClaimedRefill | undefined>
  sent(refill: ClaimedRefill, number: ProviderRefillId, now: Date): Promise<void>
  release(refill: ClaimedRefill, now: Date): Promise<void>
  /** Nothing left this machine, and nothing will: whoever owns the target wants nothing for it. */
  holdBack(refill: ClaimedRefill, now: Date): Promise<void>
  /** The provider says no. */
  reject(refill: Refill, now: Date, said: string | undefined): Promise<void>
  /** To staff: no machine can go on with it. Only as long as it stands as it was seen. */
  hand(refill: Refill, reason: RequestReason, now: Date, said: string | undefined): Promise<void>
  /** How it goes on at the provider. */
  hear(refill: Refill, status: 'pending' | 'in-progress' | 'completed' | 'rejected' | 'error', now: Date): Promise<void>
}

export const forwardRefills = {
  allow: [{ on: 'table', actions: ['BatchGetItem', 'UpdateItem'], keys: ['REFILL#*'] }],
  open: () => ({
    get: getRefill,
    async claim(refill, by, now) {
      const claimed = await change(refill, 'claim', now, taking(by, openLists.toForward(), now))
      return claimed && { ...claimed, attempt: by }
    },
    async sent(refill, number, now) {
      const openOn = openLists.refills(refill.providerId)
      await change(refill, 'sent', now, { openOn, askedOf: 'provider', set: { providerRefillId: number }, attempt: refill.attempt })
    },
    async release(refill, now) {
      await change(refill, 'release', now, { openOn: openLists.toForward(), attempt: refill.attempt })
    },
    async holdBack(refill, now) {
      await change(refill, 'reject', now, { reason: 'target-blocked', only: seen(refill) })
    },
    async reject(refill, now, said) {
      await change(refill, 'reject', now, { reason: 'provider-refused', said, only: seen(refill) })
    },
    async hand(refill, reason, now, said) {
      await change(refill, 'hand', now, { reason, said, askedOf: 'staff', openOn: openLists.requests(), only: seen(refill) })
    },
    async hear(refill, status, now) {
      const openOn = openLists.refills(refill.providerId)
      switch (status) {
        case 'pending':
          return
        case 'in-progress':
          if (refill.state !== 'in-progress') await change(refill, 'start', now, { openOn, only: seen(refill) })
          return
        case 'completed':
          await change(refill, 'complete', now, { only: seen(refill) })
          return
        case 'rejected':
          await change(refill, 'reject', now, { reason: 'provider-refused', only: seen(refill) })
          return
        case 'error':
          await change(refill, 'fail', now, { only: seen(refill) })
          return
      }
    },
  }),
} satisfies Need<ForwardRefills>

async function getRefill(customer: CustomerId, order: OrderId, nth: number): Promise<Refill | undefined> {
  const [item] = await getItems([keys.refill(customer, order, nth)], { consistent: true })
  return item && readRefill(item)
}

/** As it was read: what was decided on an older sight of it is not written. */
const seen = ({ state, askedOf, attempt }: Refill) => ({ state, askedOf, ...(attempt ? { attempt } : {}) })

async function change(refill: Refill, name: RefillMove, now: Date, more: RequestChange): Promise<Refill | undefined> {
  const item = await changeRequest(keyOf(refill), refillMoves[name], now, more)
  return item === undefined ? undefined : readRefill(item)
}

export const keyOf = ({ customerId, orderId, nth }: Refill) => keys.refill(customerId, orderId, nth)

interface CallOffRefills {
  /**
   * Ends a refill that waits, whose target's owner wants nothing for it. False where it is over, or on its way to a provider,
   * or there.
   */
  callOff(refill: Refill, now: Date): Promise<boolean>
}

export const callOffRefills = {
  allow: [{ on: 'table', actions: ['BatchGetItem', 'UpdateItem'], keys: ['REFILL#*'] }],
  open: () => ({
    async callOff(refill, now) {
      const { customerId, orderId, nth } = refill
      // Staff and workers move it on meanwhile: looked at anew as often as they do.
      for (let stands: Refill | undefined = refill; stands && waitsHere(stands); stands = await getRefill(customerId, orderId, nth))
        if (await change(stands, 'reject', now, { reason: 'target-blocked', only: seen(stands) })) return true
      return false
    },
  }),
} satisfies Need<CallOffRefills>
