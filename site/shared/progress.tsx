import './progress.css'
import type { OrderState } from '../../core/orders/states.ts'
import { count } from './amounts.ts'
import { orderWords } from './order-words.ts'

interface Delivery {
  readonly state: OrderState
  readonly quantity: number
  readonly remains?: number | undefined
}

/** What of an order is known to be delivered. */
export const delivered = ({ state, quantity, remains }: Delivery): number =>
  state === 'completed' ? quantity : quantity - (remains ?? quantity)

/** A thin bar of how much of the quantity is delivered. */
export function Progress({ order }: { readonly order: Delivery }) {
  const done = delivered(order)
  const share = `${Math.min(100, (done / order.quantity) * 100)}%`
  return (
    <div
      className="progress"
      data-tone={orderWords[order.state].tone}
      role="progressbar"
      aria-label="Delivered"
      aria-valuemin={0}
      aria-valuemax={order.quantity}
      aria-valuenow={done}
      aria-valuetext={`${count(done)} of ${count(order.quantity)}`}
    >
      <span style={{ inlineSize: share }} />
    </div>
  )
}
