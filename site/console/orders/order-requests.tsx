import type { Answer } from '../../api.ts'
import { type Happening, Timeline } from '../../shared/timeline.tsx'
import { cancelStateWords, refillStateWords, requestReasonWords } from '../requests/request-words.ts'

type Order = Answer<'GET /api/admin/orders/{orderId}'>

/** The refills that were asked for an order, and the wish to cancel it, with whose turn it is. */
export function OrderRequests({ order: { refills, cancelRequest } }: { readonly order: Order }) {
  if (refills.length === 0 && !cancelRequest) return undefined
  const told: Happening[] = refills.map((refill) => ({
    key: `refill ${refill.refillId}`,
    title: `Refill ${refill.refillId}: ${refillStateWords[refill.state]}`,
    at: refill.changedAt,
    text: <Words {...refill}>{refill.providerRefillId ? `The provider calls it ${refill.providerRefillId}.` : undefined}</Words>,
  }))
  if (cancelRequest)
    told.push({
      key: 'cancel',
      title: `Wish to cancel: ${cancelStateWords[cancelRequest.state]}`,
      at: cancelRequest.changedAt,
      text: <Words {...cancelRequest} />,
    })
  return (
    <div>
      <h3 className="order-sheet-heading">Refills and canceling</h3>
      <Timeline happenings={told} />
    </div>
  )
}

interface WordsProps {
  readonly askedOf: Order['refills'][number]['askedOf']
  readonly reason?: Order['refills'][number]['reason']
  readonly said?: string | undefined
  readonly memo?: string | undefined
  readonly children?: string | undefined
}

function Words({ askedOf, reason, said, memo, children }: WordsProps) {
  return (
    <>
      <p>
        {askedOf === 'staff' ? 'For staff.' : 'For the provider.'} {reason && requestReasonWords[reason]} {children}
      </p>
      {memo && <p>The customer reads: “{memo}”</p>}
      {said && (
        <blockquote className="provider-words" title="The provider’s own words">
          {said}
        </blockquote>
      )}
    </>
  )
}
