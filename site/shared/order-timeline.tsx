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
  const { state, charge, refunded, acceptedAt, changedAt, startCount, steps, runOf } = order
  const { word, says, tone } = orderWords[state]
  const accepted: Happening = {
    key: 'accepted',
    title: runOf ? 'Begun' : 'Accepted and paid',
    at: acceptedAt,
    text: runOf ? (
      <>
        <Amount of={charge} currency={currency} alone /> of what was paid for order {runOf.order}
      </>
    ) : (
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
  const told: Happening[] = [
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
  for (const one of askedFor(order)) intoPlace(told, one)
  return told
}

/** Into its place by time; what has no time stays behind what it came with. */
function intoPlace(told: Happening[], one: Happening): void {
  const after = told.findLastIndex(({ at }) => at !== undefined && one.at !== undefined && at <= one.at)
  const untimed = told.slice(after + 1).findIndex(({ at }) => at !== undefined)
  told.splice(untimed === -1 ? told.length : after + 1 + untimed, 0, one)
}

/** The refills that were asked for, and the wish to cancel. */
function askedFor({ refills, cancelRequest }: Order): Happening[] {
  const told = refills.flatMap(({ refillId, state, askedAt, changedAt, memo, because }): Happening[] => {
    const { title, says } = refillWords[state]
    const asked = { key: `refill ${refillId}`, title: `Refill ${refillId} asked for`, at: askedAt }
    if (state === 'pending' || state === 'sending') return [asked]
    return [
      asked,
      { key: `refill ${refillId} ${state}`, title, at: changedAt, text: memo ?? (because && endedWords[because]) ?? says },
    ]
  })
  if (!cancelRequest) return told
  const { state, askedAt, changedAt, memo } = cancelRequest
  told.push({ key: 'cancel', title: 'Asked to cancel', at: askedAt })
  if (state === 'taken') told.push({ key: 'cancel taken', title: 'The wish to cancel was taken', at: changedAt })
  if (state === 'refused') told.push({ key: 'cancel refused', title: 'Not canceled', at: changedAt, text: memo ?? 'It goes on.' })
  return told
}

const refillWords: Readonly<Record<Order['refills'][number]['state'], { readonly title: string; readonly says?: string }>> = {
  pending: { title: 'Refill asked for' },
  sending: { title: 'Refill asked for' },
  submitted: { title: 'Refill taken by the provider' },
  'in-progress': { title: 'Refill under way' },
  completed: { title: 'Refilled' },
  rejected: { title: 'Refill turned down', says: 'The provider sees nothing to be made good.' },
  error: { title: 'Refill failed', says: 'The provider could not do it.' },
}

const endedWords: Readonly<Record<NonNullable<Order['refills'][number]['because']>, string>> = {
  'target-blocked': 'Whoever owns this profile or page asked that nothing is delivered to it any more.',
}

function ending(order: Order, says: string): string {
  const done = delivered(order)
  const share = `${count(done)} of ${count(order.quantity)} delivered`
  if (order.state === 'partial') return `${share}. The charge for the rest went back to the balance.`
  return orderWords[order.state].active && done > 0 ? `${says} ${share} so far.` : says
}
