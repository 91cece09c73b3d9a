import type { Answer } from '../api.ts'
import { Amount } from './amount.tsx'
import { count, isZero } from './amounts.ts'
import { orderWords } from './order-words.ts'
import { delivered } from './progress.tsx'
import { type Happening, Timeline } from './timeline.tsx'

type Order = Answer<'GET /api/orders/{orderId}'>

/** An order's way so far. */
export function OrderTimeline({ order, currency }: { readonly order: Order; readonly currency: string }) {
  return <Timeline happenings={happeningsOf(order, currency)} />
}

function happeningsOf(order: Order, currency: string): Happening[] {
  const { state, charge, refunded, acceptedAt, changedAt, startCount, steps } = order
  const { word, says, tone } = orderWords[state]
  const accepted: Happening = {
    key: 'accepted',
    title: 'Accepted and paid',
    at: acceptedAt,
    text: (
      <>
        <Amount of={charge} currency={currency} alone /> taken from the balance
      </>
    ),
    now: state === 'accepted' ? tone : undefined,
  }
  if (state === 'accepted') return [accepted]
  const stands = {
    key: 'now',
    title: word,
    at: steps.at(-1)?.state === state ? steps.at(-1)?.at : changedAt,
    text: ending(order, says),
    now: tone,
  }
  const before = steps.at(-1)?.state === state ? steps.slice(0, -1) : steps
  const began = startCount !== undefined && startCount > 0 ? `The count stood at ${count(startCount)} then.` : undefined
  const back = {
    key: 'refunded',
    title: 'Refunded',
    text: (
      <>
        <Amount of={refunded} currency={currency} alone /> back on the balance
      </>
    ),
  }
  return [
    accepted,
    ...before.map((step) => ({
      key: `${step.at} ${step.state}`,
      title: step.state === 'pending' ? 'Taken by the provider' : orderWords[step.state].word,
      at: step.at,
      text: step.state === 'in-progress' ? began : undefined,
    })),
    stands,
    ...(isZero(refunded) ? [] : [back]),
  ]
}

function ending(order: Order, says: string): string {
  const done = delivered(order)
  const share = `${count(done)} of ${count(order.quantity)} delivered`
  if (order.state === 'partial') return `${share}. The charge for the rest went back to the balance.`
  return orderWords[order.state].active && done > 0 ? `${says} ${share} so far.` : says
}
