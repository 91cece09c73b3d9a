import './order-timeline.css'
import type { ReactNode } from 'react'
import type { Answer } from '../api.ts'
import { Amount } from './amount.tsx'
import { count, isZero } from './amounts.ts'
import { Moment } from './moment.tsx'
import { orderWords } from './order-words.ts'
import { delivered } from './progress.tsx'

type Order = Answer<'GET /api/orders/{orderId}'>

interface Step {
  readonly title: string
  readonly text?: ReactNode
  readonly at?: string
  readonly now?: boolean
}

/** An order's way so far, from what is known of it: a step whose time nobody wrote down has none. */
export function OrderTimeline({ order, currency }: { readonly order: Order; readonly currency: string }) {
  return (
    <ol className="timeline">
      {stepsOf(order, currency).map(({ title, text, at, now }) => (
        <li key={title} data-tone={now ? orderWords[order.state].tone : 'past'} data-now={now ?? false}>
          <div className="timeline-head">
            <span className="timeline-title">{title}</span>
            {at && (
              <span className="faint small">
                <Moment at={at} alone />
              </span>
            )}
          </div>
          {text && <p className="soft small">{text}</p>}
        </li>
      ))}
    </ol>
  )
}

function stepsOf(order: Order, currency: string): Step[] {
  const { state, charge, refunded, acceptedAt, changedAt, startCount } = order
  const { word, says } = orderWords[state]
  const paid = (
    <>
      <Amount of={charge} currency={currency} alone /> taken from the balance
    </>
  )
  const steps: Step[] = [{ title: 'Accepted and paid', at: acceptedAt, text: paid, now: state === 'accepted' }]
  if (state === 'accepted') return steps
  const wasSent = !['submitting', 'parked', 'refused', 'unknown'].includes(state)
  if (wasSent && state !== 'pending') steps.push({ title: 'Taken by the provider' })
  if (startCount !== undefined && startCount > 0 && wasSent)
    steps.push({ title: 'Started', text: `The count stood at ${count(startCount)} then.` })
  steps.push({ title: word, at: changedAt, text: ending(order, says), now: true })
  if (!isZero(refunded))
    steps.push({
      title: 'Refunded',
      text: (
        <>
          <Amount of={refunded} currency={currency} alone /> back on the balance
        </>
      ),
    })
  return steps
}

function ending(order: Order, says: string): string {
  const done = delivered(order)
  const share = `${count(done)} of ${count(order.quantity)} delivered`
  if (order.state === 'partial') return `${share}. The charge for the rest went back to the balance.`
  return orderWords[order.state].active && done > 0 ? `${says} ${share} so far.` : says
}
