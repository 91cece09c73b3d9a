import * as z from 'zod/mini'
import type { Fallback } from '../../core/catalogue/service.ts'
import { providerId, providerServiceId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { mayTake } from '../../core/orders/fail-over.ts'
import { type Order, type OrderReason, orderReasons, type Tried } from '../../core/orders/order.ts'
import { iso } from '../../core/time.ts'
import { keys, openLists, padded, triedMark } from '../keys.ts'
import { type Provider, readProviders } from '../providers.ts'
import { queryAll } from '../query.ts'
import { id, time } from '../read.ts'
import { getService } from '../services.ts'
import { append, type NamedLeg, transact } from '../transact.ts'
import { move } from './item.ts'
import type { ClaimedOrder } from './submit-orders.ts'

/** Why it does not stay where it is, and in whose words. */
interface Because {
  readonly reason: OrderReason
  readonly said?: string | undefined
}

interface FailOver {
  /**
   * Binds an order that its provider certainly does not have to the next of its service's fallbacks that may take it, each
   * once; what the one before said is kept. Answers the order as it is accepted again; `nobody` where no other is left,
   * and `late` when this attempt no longer has a say.
   */
  failOver(order: ClaimedOrder, because: Because, now: Date): Promise<Order | 'nobody' | 'late'>
}

export const failOverOrders = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['CATALOGUE', 'PROVIDER'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['ORDER#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem'], keys: ['TRIED#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['ConditionCheckItem'], keys: ['PROVIDER'], onlyIn: 'TransactWriteItems' },
  ],
  open: () => ({
    async failOver(order, because, now) {
      const service = await getService(order.serviceId)
      // Staff sent it again: it may be where it was first all the same.
      if (service?.type !== order.type || order.sentAgain) return 'nobody'
      const tried = [...order.tried, triedMark(order.providerId, order.providerServiceId)]
      for (const fallback of service.fallbacks) {
        if (tried.includes(triedMark(fallback.providerId, fallback.providerServiceId))) continue
        const provider = await readProviders.open().find(fallback.providerId)
        if (provider?.status !== 'active' || !mayTake(fallback, order, provider.exchange)) continue
        const refused = await bind(order, fallback, tried, because, now)
        switch (refused) {
          case undefined:
          case 'tried': // An earlier try of this very attempt has written it.
            return { ...order, state: 'accepted', providerId: fallback.providerId, providerServiceId: fallback.providerServiceId }
          case 'provider':
            continue
          case 'order':
            return 'late'
        }
      }
      return 'nobody'
    },
  }),
} satisfies Need<FailOver>

const bind = (order: ClaimedOrder, to: Fallback, tried: readonly string[], { reason, said }: Because, now: Date) =>
  transact({
    order: {
      Update: move(order, 'failOver', now, {
        reason: 'failed-over',
        attempt: order.attempt,
        set: {
          providerId: to.providerId,
          providerServiceId: to.providerServiceId,
          tried: tried.join(' '),
          openOn: openLists.waiting(),
        },
        remove: ['leaseUntil', 'said'],
      }),
    },
    tried: append({
      ...keys.tried(order.customerId, order.orderId, tried.length),
      providerId: order.providerId,
      providerServiceId: order.providerServiceId,
      at: iso(now),
      reason,
      ...(said === undefined ? {} : { said }),
    }),
    provider: isActive(to.providerId),
  })

/** It still takes orders at the moment an order is bound to it. */
const isActive = (provider: Provider['providerId']): NamedLeg => ({
  Check: {
    Key: keys.provider(provider),
    ConditionExpression: '#status = :active',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':active': 'active' },
  },
})

const triedItem = z.object({
  providerId: id(providerId),
  providerServiceId: id(providerServiceId),
  at: time,
  reason: z.enum(orderReasons),
  said: z.optional(z.string()),
})

interface ReadTried {
  /** In the order in which they were tried. */
  of(order: Order): Promise<Tried[]>
}

export const readTried = {
  allow: [{ on: 'table', actions: ['Query'], keys: ['TRIED#*'] }],
  open: () => ({
    async of({ customerId, orderId }) {
      const found = queryAll({
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :order)',
        ExpressionAttributeValues: { ':pk': keys.tried(customerId, orderId, 0).pk, ':order': `${padded(orderId)} ` },
      })
      const tried: Tried[] = []
      for await (const item of found) tried.push(triedItem.parse(item))
      return tried
    },
  }),
} satisfies Need<ReadTried>
