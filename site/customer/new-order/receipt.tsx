import './receipt.css'
import { Button, CloseButton } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { count, isZero } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { isActive } from '../../shared/order-words.ts'
import { delivered, Progress } from '../../shared/progress.tsx'
import { StateBadge } from '../../shared/state-badge.tsx'
import { TargetLink } from '../../shared/target-link.tsx'
import { useMoneyMoved } from '../me.ts'

interface ReceiptProps {
  readonly placed: Answer<'POST /api/orders'>
  readonly serviceName: string
  readonly currency: string
  readonly again: () => void
  readonly dismiss: () => void
}

/** What was bought, for how much, under which number; and how it goes. */
export function Receipt({ placed, serviceName, currency, again, dismiss }: ReceiptProps) {
  const { data } = useAnswer(
    'GET /api/orders/{orderId}',
    { path: { orderId: placed.orderId } },
    { every: (order) => (order && !isActive(order) ? false : 2_500) },
  )
  const order = data ?? placed
  useToldOfRefunds(order.refunded)
  return (
    <section className="receipt card" aria-label="Receipt">
      <header className="receipt-head">
        <IconCircleCheck size={20} stroke={1.8} aria-hidden />
        <p className="grow" role="status">
          <strong>
            Order{' '}
            <Link to="/orders/$orderId" params={{ orderId: order.orderId }} className="tabular">
              {order.orderId}
            </Link>{' '}
            placed
          </strong>
        </p>
        <Amount of={order.charge} currency={currency} alone />
        <CloseButton size="sm" aria-label="Dismiss the receipt" onClick={dismiss} />
      </header>
      <p className="one-line">{serviceName}</p>
      {order.link && <TargetLink href={order.link} actions={false} />}
      <Progress order={order} />
      <div className="row">
        <StateBadge state={order.state} />
        <span className="faint small tabular">
          {count(delivered(order))} of {count(order.quantity)}
        </span>
        {!isZero(order.refunded) && (
          <span className="small">
            <Amount of={order.refunded} currency={currency} /> back on the balance
          </span>
        )}
        <Button className="push" size="xs" variant="default" onClick={again}>
          Order again
        </Button>
      </div>
    </section>
  )
}

/** A refund of this very order shows in the balance at once. */
function useToldOfRefunds(refunded: string): void {
  const moneyMoved = useMoneyMoved()
  const known = useRef(refunded)
  useEffect(() => {
    if (known.current !== refunded) moneyMoved()
    known.current = refunded
  }, [refunded, moneyMoved])
}
