import type { Order } from '../../core/orders/order.ts'
import { queryAll } from '../query.ts'
import { asTheyStand } from './accepted.ts'

/** The orders of a list, or of a span of it, both ends included. A page at a time: whoever stops pays for no more. */
export const onOpenList = (list: string, first = '0', last = '~'): AsyncIterable<Order> =>
  asTheyStand(
    queryAll({
      IndexName: 'open',
      KeyConditionExpression: 'openOn = :list AND acceptedAt BETWEEN :first AND :last',
      ExpressionAttributeValues: { ':list': list, ':first': first, ':last': last },
      Limit: 100,
    }),
  )
