import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { orderWords } from '../../shared/order-words.ts'
import { type Happening, Timeline } from '../../shared/timeline.tsx'
import { useCurrency } from '../currency.ts'
import { reasonWords } from './reasons.ts'
import { staffWord } from './state-words.ts'

type Order = Answer<'GET /api/admin/orders/{orderId}'>
type Step = Order['history']['steps'][number]

/** Every step of an order, the provider's words where it hangs on them, and every movement of money for it. */
export function OrderHistory({ order }: { readonly order: Order }) {
  const currency = useCurrency()
  const { steps, skipped, skippedAfter } = order.history
  const [charge, ...back] = order.movements
  const told = steps.map((step, index) => asHappening(step, index === steps.length - 1 ? order : undefined))
  if (skipped > 0)
    told.splice(skippedAfter, 0, {
      key: 'skipped',
      title: `${skipped} more steps`,
      text: 'Of an order that goes to and fro, the first steps and the newest are kept.',
      at: undefined,
    })
  for (const movement of back) insert(told, { ...money(movement, currency), title: 'Refunded' })
  const accepted: Happening = {
    key: 'accepted',
    title: 'Accepted and paid',
    at: order.acceptedAt,
    text: charge && money(charge, currency).text,
    now: steps.length === 0 ? orderWords[order.state].tone : undefined,
  }
  return <Timeline happenings={[accepted, ...told]} />
}

/** Into its place by time: behind the step that it came with. */
function insert(told: Happening[], one: Happening): void {
  const at = told.findLastIndex((other) => other.at !== undefined && (one.at === undefined || other.at <= one.at))
  told.splice(at + 1, 0, one)
}

const money = ({ at, amount, cause }: Order['movements'][number], currency: string): Happening => ({
  key: cause,
  title: cause,
  at,
  text: (
    <>
      <Amount of={amount} currency={currency} signed alone /> <span className="faint">· {cause}</span>
    </>
  ),
})

/** `standing` is the order when it stands so now. */
function asHappening({ state, at, reason }: Step, standing: Order | undefined): Happening {
  return {
    key: `${at} ${state} ${reason ?? ''}`,
    title: state === 'accepted' ? 'In the queue again' : staffWord(state),
    at,
    text: (
      <>
        {reason && <p>{reasonWords[reason]}</p>}
        {standing?.said && (
          <blockquote className="provider-words" title="The provider’s own words">
            {standing.said}
          </blockquote>
        )}
      </>
    ),
    now: standing && orderWords[state].tone,
  }
}
