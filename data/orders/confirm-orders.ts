import { QueryCommand } from '@aws-sdk/lib-dynamodb'
import * as z from 'zod/mini'
import type { ProviderOrderId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { digest } from '../../core/orders/heard.ts'
import type { Order } from '../../core/orders/order.ts'
import { Refusal } from '../../core/refusals.ts'
import { iso } from '../../core/time.ts'
import { mayAudit, transactAudited } from '../audit.ts'
import { keys, upstreamKey } from '../keys.ts'
import { table } from '../table.ts'
import { readOrderKey } from './open-orders.ts'
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
    { on: 'index', index: 'upstream' },
    ...mayAudit,
  ],
  open: () => ({
    confirm: (decision, number) => decided(decision, 'confirm', (order) => confirmed(order, decision, number)),
  }),
} satisfies Need<ConfirmOrders>

async function confirmed(order: Order, decision: Decision, number: ProviderOrderId): Promise<boolean> {
  const { providerId, orderId, quantity } = order
  if (await isAnothers(order, number)) throw new Refusal('provider-number-taken')
  const before = order.providerOrderId
  const refused = await transactAudited(decision.audit, decision.at, {
    order: step(order, decision, 'confirm', 'confirm', {
      set: {
        providerOrderId: number,
        upstreamKey: upstreamKey(providerId, number),
        heard: digest({ status: 'pending', remains: quantity }, quantity),
        openOn: pollList(order),
      },
      remove: ['reason', 'said', 'leaseUntil'],
    }),
    number: {
      Put: {
        Item: { ...keys.confirmed(providerId, number), orderId, at: iso(decision.at) },
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

const indexItem = z.object({ pk: z.string(), sk: z.string() })

/** Whether another order of the provider goes by this number, as far as the index has heard. */
async function isAnothers({ providerId, orderId }: Order, number: ProviderOrderId): Promise<boolean> {
  const { db, name: TableName } = table()
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName,
      IndexName: 'upstream',
      KeyConditionExpression: 'upstreamKey = :key',
      ExpressionAttributeValues: { ':key': upstreamKey(providerId, number) },
      Limit: 2,
    }),
  )
  return Items.some((item) => readOrderKey(indexItem.parse(item)).orderId !== orderId)
}
