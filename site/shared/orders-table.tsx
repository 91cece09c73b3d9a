import './table.css'
import './orders-table.css'
import { Checkbox } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import type { Answer } from '../api.ts'
import { Amount } from './amount.tsx'
import { count, decimalsOf, isZero } from './amounts.ts'
import { Moment } from './moment.tsx'
import { delivered, Progress } from './progress.tsx'
import { StateBadge } from './state-badge.tsx'
import { TargetLink } from './target-link.tsx'

type Order = Answer<'GET /api/orders'>['rows'][number]

interface OrdersTableProps<Row extends Order> {
  readonly orders: readonly Row[]
  readonly currency: string
  /** What stands for the service: its name, or what staff know it by. */
  readonly service: (order: Row) => ReactNode
  /** The route that opens an order, with `$orderId` in it. */
  readonly opens: string
  /** Kept in the address beside the order. */
  readonly search?: Readonly<Record<string, unknown>>
  readonly opened?: number | undefined
  /** Which are chosen, where many can be. */
  readonly marks?: Marks
}

export interface Marks {
  readonly chosen: ReadonlySet<number>
  readonly mark: (orders: readonly number[], on: boolean) => void
}

/** Orders, newest first: a table, and cards on phones. Rows change in place. */
export function OrdersTable<Row extends Order>({
  orders,
  currency,
  service,
  opens,
  search = {},
  opened,
  marks,
}: OrdersTableProps<Row>) {
  const navigate = useNavigate()
  const decimals = decimalsOf(orders.map(({ charge }) => charge))
  return (
    <table className="table orders-table" data-marked={marks !== undefined}>
      <thead>
        <tr>
          <th scope="col">{marks ? <MarkAll orders={orders} marks={marks} /> : 'Order'}</th>
          <th scope="col">Service</th>
          <th scope="col">Link</th>
          <th scope="col">Quantity</th>
          <th scope="col" className="figure">
            Charge, {currency}
          </th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => {
          const to = { to: opens, params: { orderId: order.orderId }, search, resetScroll: false }
          const open = (event: MouseEvent): void => {
            if (!(event.target instanceof Element && event.target.closest('a, button, label, input'))) void navigate(to)
          }
          return (
            <tr key={order.orderId} data-opens data-open={order.orderId === opened} onClick={open}>
              <td className="order-cell order-cell-number" data-marked={marks !== undefined}>
                {marks && (
                  <Checkbox
                    className="order-check"
                    size="xs"
                    aria-label={`Choose order ${order.orderId}`}
                    checked={marks.chosen.has(order.orderId)}
                    onChange={(event) => marks.mark([order.orderId], event.currentTarget.checked)}
                  />
                )}
                <Link {...to} className="number-link">
                  {order.orderId}
                </Link>
                <div className="faint tiny">
                  <Moment at={order.acceptedAt} start />
                </div>
                {order.runOf && (
                  <div className="faint tiny tabular">
                    Run {order.runOf.run} of {order.runOf.order}
                  </div>
                )}
                {order.runs !== undefined && <div className="faint tiny tabular">In {count(order.runs)} runs</div>}
              </td>
              <td className="order-cell order-cell-service">{service(order)}</td>
              <td className="order-cell order-cell-link">
                {order.link ? <TargetLink href={order.link} /> : <span className="faint">A long link</span>}
              </td>
              <td className="order-cell order-cell-quantity">
                <div className="tabular order-quantity">
                  {count(delivered(order))} <span className="faint">of {count(order.quantity)}</span>
                </div>
                <Progress order={order} />
              </td>
              <td className="order-cell order-cell-charge figure">
                <Amount of={order.charge} decimals={decimals} />
                {!isZero(order.refunded) && (
                  <div className="faint tiny tabular">
                    <Amount of={order.refunded} /> back
                  </div>
                )}
              </td>
              <td className="order-cell order-cell-state">
                <StateBadge state={order.state} />
                <div className="faint tiny">
                  <Moment at={order.changedAt} />
                </div>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function MarkAll({ orders, marks: { chosen, mark } }: { readonly orders: readonly Order[]; readonly marks: Marks }) {
  const some = orders.filter(({ orderId }) => chosen.has(orderId)).length
  return (
    <Checkbox
      className="order-check-all"
      size="xs"
      label="Order"
      aria-label="Choose all orders shown"
      checked={some > 0 && some === orders.length}
      indeterminate={some > 0 && some < orders.length}
      onChange={(event) =>
        mark(
          orders.map(({ orderId }) => orderId),
          event.currentTarget.checked,
        )
      }
    />
  )
}
