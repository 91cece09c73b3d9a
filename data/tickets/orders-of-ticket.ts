import type { Need } from '../../core/need.ts'
import type { Order } from '../../core/orders/order.ts'
import type { Ticket } from '../../core/tickets/ticket.ts'
import { keys } from '../keys.ts'
import { getOrders } from '../orders/get.ts'

interface OrdersOfTicket {
  /** The orders that it names, in no order. They are its customer’s own. */
  of(ticket: Ticket): Promise<Order[]>
}

export const ordersOfTicket = {
  allow: [{ on: 'table', actions: ['BatchGetItem'], keys: ['ORDER#*'] }],
  open: () => ({ of: ({ customerId, orderIds }) => getOrders(orderIds.map((order) => keys.order(customerId, order))) }),
} satisfies Need<OrdersOfTicket>
