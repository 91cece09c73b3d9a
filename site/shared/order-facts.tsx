import './order-facts.css'
import type { ReactNode } from 'react'
import type { OrderState } from '../../core/orders/states.ts'
import { count } from './amounts.ts'
import { delivered, Progress } from './progress.tsx'

/** Facts in two columns: what it is, and what it says. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface DeliveryProps {
  readonly order: {
    readonly state: OrderState
    readonly quantity: number
    readonly remains?: number | undefined
    readonly startCount?: number | undefined
  }
}

/** Start → now → target. Before a provider has said where it starts, only how much is done. */
export function Delivery({ order }: DeliveryProps) {
  const { quantity, startCount } = order
  const done = delivered(order)
  const known = startCount !== undefined && startCount > 0
  return (
    <div className="delivery">
      <div className="delivery-figures tabular">
        <Figure name={known ? 'Start' : 'Delivered'} value={known ? startCount : done} />
        {known && <Figure name="Now" value={startCount + done} strong />}
        <Figure name={known ? 'Target' : 'Ordered'} value={known ? startCount + quantity : quantity} end />
      </div>
      <Progress order={order} />
    </div>
  )
}

function Figure({
  name,
  value,
  strong = false,
  end = false,
}: {
  readonly name: string
  readonly value: number
  readonly strong?: boolean
  readonly end?: boolean
}) {
  return (
    <div className="delivery-figure" data-strong={strong} data-end={end}>
      <span className="faint tiny">{name}</span>
      <span>{count(value)}</span>
    </div>
  )
}
