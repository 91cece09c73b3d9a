import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { reasonWords } from './reasons.ts'
import { useProviders } from './use-providers.ts'

type Order = Answer<'GET /api/admin/orders/{orderId}'>
type Sending = Order['sendings'][number]

/** Those of many that say something new: what a provider answers again and again is one answer. */
const mostShown = 6

/** What is known of each time it was sent, for somebody who has to tell what became of it. */
export function Evidence({ order }: { readonly order: Order }) {
  const { sendings, heard } = order
  const shown = sendings.slice(-mostShown)
  if (shown.length === 0 && !heard) return null
  return (
    <section aria-label="Evidence">
      <h3 className="order-sheet-heading">Evidence</h3>
      {sendings.length > shown.length && (
        <p className="faint small">
          The last {shown.length} of {sendings.length} times it was sent.
        </p>
      )}
      {shown.length > 0 && (
        <ul className="evidence">
          {shown.map((sending) => (
            <li key={sending.at}>
              <OneSending sending={sending} />
            </li>
          ))}
        </ul>
      )}
      {heard && (
        <p className="small">
          Last heard: <strong>{heard.status}</strong>
          {heard.percentDone !== undefined && `, about ${heard.percentDone} % done`}
          {heard.startCount !== undefined && `, started at ${heard.startCount}`}
        </p>
      )}
    </section>
  )
}

function OneSending({ sending }: { readonly sending: Sending }) {
  const { nameOf } = useProviders()
  const { providerId, at, overAt, reason, why, status, said, lateNumber } = sending
  return (
    <>
      <p className="evidence-head">
        <span>
          Sent to {nameOf(providerId) ?? 'its provider'} <Moment at={at} alone />
        </span>
        <span className="faint tabular">{overAt ? `${took(at, overAt)} s` : 'never over'}</span>
      </p>
      <p className="soft">
        {lateNumber === undefined && (reason ? reasonWords[reason] : 'The worker that sent it did not come back.')}
        {why && ` (${why})`}
        {status !== undefined && said === undefined && ` HTTP ${status}, and nothing in it.`}
      </p>
      {said && (
        <blockquote className="provider-words" title="The provider’s own words">
          {said}
        </blockquote>
      )}
      <Balances sending={sending} />
      {lateNumber && (
        <Notice tone="warn" title={`Its provider named it ${lateNumber}`} live={false}>
          The answer came when the order was settled already. Compare it with what was decided.
        </Notice>
      )}
    </>
  )
}

const took = (from: string, to: string): string => ((Date.parse(to) - Date.parse(from)) / 1000).toFixed(1)

const shows = {
  'took-it': 'It fell by the cost of this order: the provider took it.',
  'did-not': 'It stayed as it was: when it was asked, the provider had not taken it.',
  unclear: 'That fits neither an order nor none.',
} as const

/** Of a provider that gets one call at a time, the balance before and after tells what the call did. */
function Balances({ sending: { before, after, currency, cost, shows: finding } }: { readonly sending: Sending }) {
  if (before === undefined) return null
  return (
    <div className="evidence-balance">
      <p className="tabular">
        Balance {before} → {after ?? 'not told'} {currency}
        {cost !== undefined && (
          <>
            {' '}
            · the order costs <Amount of={cost} currency={currency} alone />
          </>
        )}
      </p>
      {finding && <p className="soft">{shows[finding]}</p>}
    </div>
  )
}
