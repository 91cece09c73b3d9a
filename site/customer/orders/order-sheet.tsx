import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { count, difference, isZero } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { CopyButton } from '../../shared/copy-button.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Delivery, Facts } from '../../shared/order-facts.tsx'
import { OrderTimeline } from '../../shared/order-timeline.tsx'
import { isActive } from '../../shared/order-words.ts'
import { runFacts } from '../../shared/run-facts.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import { StateBadge } from '../../shared/state-badge.tsx'
import { TargetLink } from '../../shared/target-link.tsx'
import type { Service } from '../catalogue.ts'
import { AfterOrder } from './after-order.tsx'
import { OrderRuns } from './order-runs.tsx'

type Order = Answer<'GET /api/orders/{orderId}'>

interface OrderSheetProps {
  readonly orderId: string | undefined
  readonly currency: string
  readonly services: ReadonlyMap<number, Service>
  readonly close: () => void
}

/** One order, whole: where it is, how it got there, and where the money went. */
export function OrderSheet({ orderId, currency, services, close }: OrderSheetProps) {
  const {
    data: order,
    error,
    refetch,
  } = useAnswer(
    'GET /api/orders/{orderId}',
    { path: { orderId: orderId ?? '' } },
    { enabled: orderId !== undefined, every: (known) => (known && moves(known) ? 3_000 : false) },
  )
  const title = (
    <span className="row">
      Order <span className="tabular">{orderId}</span>
      {order && <CopyButton text={String(order.orderId)} label="Copy the number" />}
    </span>
  )
  return (
    <Sheet opened={orderId !== undefined} onClose={close} title={title}>
      {error && !order && (
        <FailureNotice
          failure={error}
          title={error.code === 'order-not-found' ? 'No such order' : 'This order could not be read'}
          {...(error.code === 'order-not-found' ? {} : { retry: () => void refetch() })}
        />
      )}
      {!order && !error && <Bones rows={6} height={44} />}
      {order && <Details order={order} currency={currency} service={services.get(order.serviceId)} />}
    </Sheet>
  )
}

/** It is under way, or something that was asked for it is. */
const moves = (order: Order): boolean =>
  isActive(order) || order.refills.some(({ state }) => !['completed', 'rejected', 'error'].includes(state))

function Details({
  order,
  currency,
  service,
}: {
  readonly order: Order
  readonly currency: string
  readonly service: Service | undefined
}) {
  const navigate = useNavigate()
  const { charge, refunded, link, comments } = order
  const money: (readonly [string, ReactNode])[] = [['Charge', <Amount key="charge" of={charge} currency={currency} alone />]]
  if (!isZero(refunded))
    money.push(
      ['Refunded', <Amount key="refunded" of={refunded} currency={currency} alone />],
      ['Paid in the end', <Amount key="net" of={difference(charge, refunded)} currency={currency} alone />],
    )
  return (
    <div className="stack">
      <div className="stack-tight">
        <div className="order-sheet-state">
          <StateBadge state={order.state} />
        </div>
        <Delivery order={order} />
      </div>
      {!order.feed && <AfterOrder key={order.orderId} order={order} currency={currency} />}
      <Facts
        rows={[
          ['Service', service ? `${service.name} (#${order.serviceId})` : `#${order.serviceId}, not sold any more`],
          ['Link', link ? <TargetLink key="link" href={link} /> : '–'],
          [
            'Quantity',
            <span key="quantity" className="tabular">
              {count(order.quantity)}
            </span>,
          ],
          ...runFacts(order),
          ...money,
        ]}
      />
      {order.feed && <OrderRuns order={order} feed={order.feed} currency={currency} />}
      {comments && (
        <div>
          <h3>Comments</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must get there */}
          <pre className="comments-box" tabIndex={0}>
            {comments}
          </pre>
        </div>
      )}
      <div>
        <h3 className="order-sheet-heading">What happened</h3>
        <OrderTimeline order={order} currency={currency} />
      </div>
      <p className="small">
        Something wrong with it?{' '}
        <Link to="/tickets/new" search={{ order: order.orderId }}>
          Ask support about this order
        </Link>
      </p>
      {service && (
        <Button
          variant="default"
          fullWidth
          onClick={() => void navigate({ to: '/new', search: { service: order.serviceId, again: order.orderId } })}
        >
          Order again
        </Button>
      )}
    </div>
  )
}
