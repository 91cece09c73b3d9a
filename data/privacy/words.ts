import * as z from 'zod/mini'
import { inBatches } from '../../core/batches.ts'
import { type CustomerId, orderId, type ProviderId, providerId } from '../../core/ids.ts'
import type { Need } from '../../core/need.ts'
import { getItems } from '../get-items.ts'
import { keys } from '../keys.ts'
import { queryAll } from '../query.ts'
import { id, numberId } from '../read.ts'
import { remove } from './places.ts'

export const mayFindWords = [
  { on: 'table', actions: ['Query'], keys: ['PROVIDER', 'FORMER-PROVIDER'] },
  { on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] },
] as const satisfies Need<unknown>['allow']

const named = z.object({ sk: id(providerId) })

/** Every provider there is or was, in order. */
export async function everyProvider(): Promise<ProviderId[]> {
  const found: ProviderId[] = []
  for (const pk of ['PROVIDER', 'FORMER-PROVIDER'])
    for await (const item of queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ProjectionExpression: 'sk',
    }))
      found.push(named.parse(item).sk)
  return found.toSorted()
}

const textItem = z.object({ pk: z.string(), sk: z.string(), orderId: numberId(orderId) })

/** Removes what a provider said of a customer's orders, among the words that nobody had heard before. */
export async function forgetWords(customer: CustomerId, provider: ProviderId): Promise<void> {
  const texts = queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': keys.errorText(provider, '').pk },
    ProjectionExpression: 'pk, sk, orderId',
    ConsistentRead: true,
  })
  for await (const some of inBatches(texts, 100)) {
    const found = some.map((item) => textItem.parse(item))
    const orders = await getItems(found.map(({ orderId }) => keys.order(customer, orderId)))
    const numbers = new Set(orders.map((order) => order['orderId']))
    // They may have been said of another order since.
    for (const { pk, sk, orderId } of found.filter((text) => numbers.has(text.orderId)))
      await remove({ key: { pk, sk }, condition: '#of = :of', names: { '#of': 'orderId' }, values: { ':of': orderId } })
  }
}
