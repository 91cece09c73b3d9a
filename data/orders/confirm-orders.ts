import type { ProviderOrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { digest } from '../../core/orders/heard.ts'
import type { Order } from '../../core/orders/order.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { acceptedAt, keys } from '../keys.ts'
import { mayLookUpNumbers, pageOfPlaces, placesOfNumber } from './card-index.ts'
import { pollList } from './settle-orders.ts'
import { type Decision, decided, step } from './staff-decisions.ts'

interface ConfirmOrders {
  /**
   * The order is at its provider, under this number: it is asked about from now on. Refuses a number that another order of
   * that provider goes by.
   */
  confirm(decision: Decision, number: ProviderOrderId): Promise<Order>
}

export const confirmOrders = {
  allow: [
    { on: 'table', actions: ['GetItem'], keys: ['ORDER#*'] },
    { on: 'table', actions: ['UpdateItem'], keys: ['ORDER#*'], onlyIn: 'TransactWriteItems' },
    { on: 'table', actions: ['PutItem', 'DeleteItem'], keys: ['CONFIRMED#*'], onlyIn: 'TransactWriteItems' },
    ...mayLookUpNumbers,
    ...mayAudit,
  ],
  open: () => ({
    confirm: (decision, number) => decided(decision, 'confirm', (order) => confirmed(order, decision, number)),
  }),
} satisfies Need<ConfirmOrders>

async function confirmed(order: Order, decision: Decision, number: ProviderOrderId): Promise<boolean> {
  const { providerId, orderId, quantity } = order
  if (await isAnothers(order, number, decision.at)) throw new Refusal('provider-number-taken')
  const before = order.providerOrderId
  const refused = await transactAudited(decision.audit, decision.at, {
    order: step(order, decision, 'confirm', 'confirm', {
      set: {
        providerOrderId: number,
        heard: digest({ status: 'pending', remains: quantity }, quantity),
        openOn: pollList(order),
      },
      remove: ['reason', 'said', 'leaseUntil'],
    }),
    number: {
      Put: {
        Item: {
          ...keys.confirmed(providerId, number),
          orderId,
          at: iso(decision.at),
          acceptedAt: acceptedAt(order.acceptedAt, orderId),
        },
        ConditionExpression: 'attribute_not_exists(pk) OR orderId = :order',
        ExpressionAttributeValues: { ':order': orderId },
      },
    },
    ...(before === undefined || before === number
      ? {}
      : {
          former: {
            Delete: {
              Key: keys.confirmed(providerId, before),
              ConditionExpression: 'attribute_not_exists(pk) OR orderId = :order',
              ExpressionAttributeValues: { ':order': orderId },
            },
          },
        }),
  })
  if (refused === 'number') throw new Refusal('provider-number-taken')
  return refused === undefined
}

/** Whether another order of the provider goes by this number, as far as is known by now. */
async function isAnothers({ providerId, orderId }: Order, number: ProviderOrderId, now: Date): Promise<boolean> {
  const { orders } = await pageOfPlaces(await placesOfNumber([providerId], number, now), { cursor: undefined, limit: 2 })
  return orders.some((order) => order.orderId !== orderId)
}
