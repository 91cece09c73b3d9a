import './tickets.css'
import { Link } from '@tanstack/react-router'
import type { OrderState } from '../../../core/orders/states.ts'
import { StateBadge } from '../state-badge.tsx'

/** Orders that a ticket is about, as they stand; each opens its order. */
export function OrderChips({ orders }: { readonly orders: readonly { readonly orderId: number; readonly state: OrderState }[] }) {
  if (orders.length === 0) return null
  return (
    <ul className="order-chips" aria-label="Orders">
      {orders.map(({ orderId, state }) => (
        <li key={orderId}>
          <Link to="/orders/$orderId" params={{ orderId: String(orderId) }} className="order-chip">
            <span className="tabular">Order {orderId}</span>
            <StateBadge state={state} />
          </Link>
        </li>
      ))}
    </ul>
  )
}
