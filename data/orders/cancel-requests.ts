import { GetCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import { type Attempt, attempt, type CustomerId, customerId, type OrderId, orderId, providerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { type CancelMove, type CancelRequest, cancelMoves, cancelStates } from '../../core/orders/cancel-request.ts'
import type { Order } from '../../core/orders/order.ts'
import { type AskedOf, askedOf, type RequestReason, requestReasons } from '../../core/orders/request.ts'
import { Refusal } from '../../core/refusals.ts'
import type { AuditRecord } from '../../core/staff/audit.ts'
import { iso } from '../../core/time.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { acceptedAt, keys, openLists, readAcceptedAt } from '../keys.ts'
import { id, numberId, time } from '../read.ts'
import { table } from '../table.ts'
import { transact } from '../transact.ts'
import { changeRequest, moveRequest, type RequestChange, taking } from './request-item.ts'

const cancelItem = z.object({
  orderId: numberId(orderId),
  customerId: id(customerId),
  state: z.enum(cancelStates),
  askedOf: z.enum(askedOf),
  acceptedAt: z.pipe(z.string(), z.transform(readAcceptedAt)),
  changedAt: time,
  providerId: id(providerId),
  attempt: z.optional(id(attempt)),
  leaseUntil: z.optional(time),
  reason: z.optional(z.enum(requestReasons)),
  said: z.optional(z.string()),
  memo: z.optional(z.string()),
})

export function readCancelRequest(item: unknown): CancelRequest {
  const { acceptedAt: askedAt, ...rest } = cancelItem.parse(item)
  return { ...rest, askedAt }
}

async function getCancelRequest(customer: CustomerId, order: OrderId): Promise<CancelRequest | undefined> {
  const { db, name: TableName } = table()
  const { Item } = await db.send(new GetCommand({ TableName, Key: keys.cancelRequest(customer, order), ConsistentRead: true }))
  return Item && readCancelRequest(Item)
}

interface ReadCancelRequests {
  of(customer: CustomerId, order: OrderId): Promise<CancelRequest | undefined>
}

export const readCancelRequests = {
  allow: [{ on: 'table', actions: ['GetItem'], keys: ['CANCEL#*'] }],
  open: () => ({ of: getCancelRequest }),
} satisfies Need<ReadCancelRequests>

interface AskToCancel {
  /**
   * Puts the wish on record, in place of `before` where there was one that came to nothing. False when somebody asked at the
   * same moment.
   */
  ask(
    order: Order,
    by: { askedOf: AskedOf; reason?: RequestReason },
    before: CancelRequest | undefined,
    now: Date,
  ): Promise<boolean>
}

export const askToCancel = {
  allow: [{ on: 'table', actions: ['PutItem'], keys: ['CANCEL#*'], onlyIn: 'TransactWriteItems' }],
  open: () => ({
    async ask({ customerId, orderId, providerId }, { askedOf, reason }, before, now) {
      const refused = await transact({
        request: {
          Put: {
            Item: {
              ...keys.cancelRequest(customerId, orderId),
              orderId,
              customerId,
              state: 'pending',
              askedOf,
              ...(reason ? { reason } : {}),
              acceptedAt: acceptedAt(now, orderId),
              changedAt: iso(now),
              providerId,
              openOn: askedOf === 'staff' ? openLists.requests() : openLists.toForward(),
            },
            ...(before
              ? {
                  ConditionExpression: '#state = :state AND changedAt = :at',
                  ExpressionAttributeNames: { '#state': 'state' },
                  ExpressionAttributeValues: { ':state': before.state, ':at': iso(before.changedAt) },
                }
              : { ConditionExpression: 'attribute_not_exists(pk)' }),
          },
        },
      })
      return refused === undefined
    },
  }),
} satisfies Need<AskToCancel>

/** A request in a worker's hands. */
export interface ClaimedCancel extends CancelRequest {
  readonly attempt: Attempt
}

interface ForwardCancels {
  get(customer: CustomerId, order: OrderId): Promise<CancelRequest | undefined>
  /** Takes it in hand before anything is sent: the fence that has it sent at most once. */
  claim(request: CancelRequest, by: Attempt, now: Date): Promise<ClaimedCancel | undefined>
  release(request: ClaimedCancel, now: Date): Promise<void>
  /** The provider took it. No money moves: that follows from what it reports of the order. */
  take(request: ClaimedCancel, now: Date): Promise<void>
  refuse(request: ClaimedCancel, now: Date, said: string | undefined): Promise<void>
  /** To staff: no machine can go on with it. */
  hand(request: CancelRequest, reason: RequestReason, now: Date, said: string | undefined): Promise<void>
  /** The order ended, or was withdrawn. */
  end(request: CancelRequest, now: Date): Promise<void>
}

export const forwardCancels = {
  allow: [{ on: 'table', actions: ['GetItem', 'UpdateItem'], keys: ['CANCEL#*'] }],
  open: () => ({
    get: getCancelRequest,
    async claim(request, by, now) {
      const claimed = await change(request, 'claim', now, taking(by, openLists.toForward(), now))
      return claimed && { ...claimed, attempt: by }
    },
    async release(request, now) {
      await change(request, 'release', now, { openOn: openLists.toForward(), attempt: request.attempt })
    },
    async take(request, now) {
      await change(request, 'take', now, { attempt: request.attempt })
    },
    async refuse(request, now, said) {
      await change(request, 'refuse', now, { reason: 'provider-refused', said, attempt: request.attempt })
    },
    async hand(request, reason, now, said) {
      await change(request, 'hand', now, { reason, said, askedOf: 'staff', openOn: openLists.requests(), only: seen(request) })
    },
    async end(request, now) {
      await change(request, 'end', now, { only: seen(request) })
    },
  }),
} satisfies Need<ForwardCancels>

/** As it was read: what was decided on an older sight of it is not written. */
const seen = ({ state, askedOf, attempt }: CancelRequest) => ({ state, askedOf, ...(attempt ? { attempt } : {}) })

async function change(
  request: CancelRequest,
  name: CancelMove,
  now: Date,
  more: RequestChange,
): Promise<CancelRequest | undefined> {
  const item = await changeRequest(keys.cancelRequest(request.customerId, request.orderId), cancelMoves[name], now, more)
  return item === undefined ? undefined : readCancelRequest(item)
}

interface DecideCancels {
  /**
   * What staff make of a request that is theirs: agreed with the provider, turned down with a word to the customer, or sent.
   * None of it moves money. Refuses when it is not theirs any more.
   */
  decide(request: CancelRequest, what: 'take' | 'refuse' | 'resend', audit: AuditRecord, now: Date): Promise<void>
}

export const decideCancels = {
  allow: [{ on: 'table', actions: ['UpdateItem'], keys: ['CANCEL#*'], onlyIn: 'TransactWriteItems' }, ...mayAudit],
  open: () => ({
    async decide(request, what, audit, now) {
      const refused = await transactAudited(audit, now, {
        request: {
          Update: moveRequest(keys.cancelRequest(request.customerId, request.orderId), cancelMoves[what], now, {
            ...(what === 'resend' ? { askedOf: 'provider' as const, openOn: openLists.toForward() } : {}),
            ...(what === 'refuse' ? { reason: 'staff-refused' as const, set: { memo: audit.why } } : {}),
            only: { askedOf: 'staff', changedAt: iso(request.changedAt) },
          }),
        },
      })
      if (refused) throw new Refusal('changed-meanwhile')
    },
  }),
} satisfies Need<DecideCancels>
