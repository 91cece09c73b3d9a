import { TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { count, difference, fromMicros, inWords, isNegative, toMicros } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { Confirm } from '../../shared/confirm.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { useCurrency } from '../currency.ts'
import { whole } from '../services/bulk-change.ts'

export type Ending = 'complete' | 'partial' | 'cancel'
interface EndOrderProps {
  readonly order: Answer<'GET /api/admin/orders/{orderId}'>
  readonly ending: Ending
  readonly close: () => void
  readonly ended: (told: string) => void
}

/** How a manual order ends, with what goes back before it goes. */
export function EndOrder({ order, ending, close, ended }: EndOrderProps) {
  const currency = useCurrency()
  const [left, setLeft] = useState(ending === 'cancel' ? String(order.quantity) : String(order.remains || ''))
  const work = useChange('POST /api/admin/manual-orders/{orderId}/work', (now) => {
    const back = inWords(difference(now.refunded, order.refunded))
    ended(ending === 'complete' ? 'It is complete.' : `It is over: ${back} ${currency} went back.`)
  })
  const path = { orderId: String(order.orderId) }
  if (ending === 'complete')
    return (
      <Confirm
        opened
        title="Delivered in full?"
        verb="It is complete"
        busy={work.isPending}
        failure={work.error ?? undefined}
        go={() => work.mutate({ path, body: { did: 'complete' } })}
        close={close}
      >
        The customer reads that all {count(order.quantity)} were delivered. No money moves.
      </Confirm>
    )
  const remains = whole(1)(left)
  const most = ending === 'partial' ? order.quantity - 1 : order.quantity
  const isGood = remains !== undefined && remains <= most && (order.state !== 'accepted' || remains === order.quantity)
  const back = isGood ? difference(shareOf(order.charge, remains, order.quantity), order.refunded) : undefined
  return (
    <MemoDialog
      opened
      title={ending === 'partial' ? 'Delivered in part' : 'Cancel and refund'}
      verb={back === undefined || isNegative(back) ? 'Refund' : `Refund ${inWords(back)} ${currency}`}
      grave
      busy={work.isPending}
      unready={back === undefined || isNegative(back)}
      failure={work.error ?? undefined}
      label="Reason; the customer reads it beside the refund"
      go={(memo) => remains !== undefined && work.mutate({ path, body: { did: ending, remains, memo } })}
      close={close}
    >
      {order.state === 'accepted' ? (
        'Nobody has begun with it: all of it goes back.'
      ) : (
        <TextInput
          label={`Not delivered, of ${count(order.quantity)}`}
          inputMode="numeric"
          autoComplete="off"
          value={left}
          error={left !== '' && !isGood ? `A whole number, ${count(most)} at most.` : undefined}
          onChange={(event) => setLeft(event.currentTarget.value)}
        />
      )}
    </MemoDialog>
  )
}

/** As the panel reckons it: rounded down. */
const shareOf = (charge: string, part: number, all: number): string => fromMicros((toMicros(charge) * BigInt(part)) / BigInt(all))
