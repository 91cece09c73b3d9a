import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { useMay, useMe } from '../me.ts'
import { type Ending, EndOrder } from './end-order.tsx'
import { NoteProgress } from './note-progress.tsx'

type Order = Answer<'GET /api/admin/orders/{orderId}'>
interface Working {
  readonly order: Order
  readonly settled: (told: string) => void
}

/** What can be done about an order that people of ours deliver. Nothing for any other. */
export function WorkOrder({ order, settled }: Working) {
  const may = useMay()
  const { data: me } = useMe()
  const { state, inHandOf } = order
  if (order.providerId !== 'manual' || !may('admin.work-manual-order')) return null
  return (
    <section aria-label="Deliver it">
      <h3 className="order-sheet-heading">Deliver it</h3>
      <div className="stack">
        {inHandOf && <p className="soft">{inHandOf === me?.staffId ? 'You have it in hand.' : `In hand of ${inHandOf}.`}</p>}
        {state === 'accepted' && <Take order={order} settled={settled} />}
        {state === 'in-progress' && <NoteProgress key={order.changedAt} order={order} settled={settled} />}
        <Endings order={order} settled={settled} />
      </div>
    </section>
  )
}

function Take({ order, settled }: Working) {
  const take = useChange('POST /api/admin/manual-orders/{orderId}/take', () => settled('It is in your hand.'))
  return (
    <>
      {take.error && <FailureNotice failure={take.error} title="It was not taken" />}
      <Button loading={take.isPending} onClick={() => take.mutate({ path: { orderId: String(order.orderId) } })}>
        Take in hand
      </Button>
    </>
  )
}

const endings: Readonly<Record<Ending, string>> = {
  complete: 'Delivered in full',
  partial: 'Delivered in part',
  cancel: 'Cancel and refund',
}

/** Which ends there are: what was complete may turn out not to be, and what went back does not come again. */
function endingsOf({ state, quantity }: Order): Ending[] {
  switch (state) {
    case 'accepted':
      return ['cancel']
    case 'in-progress':
      return quantity > 1 ? ['complete', 'partial', 'cancel'] : ['complete', 'cancel']
    case 'completed':
    case 'partial':
      return quantity > 1 ? ['partial', 'cancel'] : ['cancel']
    default:
      return []
  }
}

function Endings({ order, settled }: Working) {
  const [ending, setEnding] = useState<Ending>()
  return (
    <>
      <div className="row wrap">
        {endingsOf(order).map((one) => (
          <Button key={one} variant="default" onClick={() => setEnding(one)}>
            {endings[one]}
          </Button>
        ))}
      </div>
      {ending && (
        <EndOrder
          key={ending}
          order={order}
          ending={ending}
          close={() => setEnding(undefined)}
          ended={(told) => {
            setEnding(undefined)
            settled(told)
          }}
        />
      )}
    </>
  )
}
