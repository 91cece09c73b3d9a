import { type OrderId, orderId, shortInteger } from '../../core/ids.ts'
import type { Order } from '../../core/orders/order.ts'
import { Refusal } from '../../core/refusals.ts'

interface Finding {
  get(order: OrderId): Promise<Order | undefined>
}

/** The order that an address names, whoever's it is. */
export async function orderNumbered(text: string, finding: Finding): Promise<Order> {
  const number = shortInteger(text)
  const order = number === undefined ? undefined : await finding.get(orderId(number))
  if (!order) throw new Refusal('order-not-found')
  return order
}
