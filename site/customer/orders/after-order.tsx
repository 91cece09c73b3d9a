import './after-order.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { keyOf, useChange } from '../../shared/answers.ts'
import { Confirm } from '../../shared/confirm.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { isActive } from '../../shared/order-words.ts'
import { noCancelWords, noRefillWords } from './why-not.ts'

type Order = Answer<'GET /api/orders/{orderId}'>

/** What may be asked for an order now, and why not what may not be. */
export function AfterOrder({ order, currency }: { readonly order: Order; readonly currency: string }) {
  const answers = useQueryClient()
  const path = { orderId: order.orderId }
  const again = (): void => {
    for (const route of ['GET /api/orders', 'GET /api/orders/{orderId}', 'GET /api/wallet'] as const)
      void answers.invalidateQueries({ queryKey: [keyOf(route)[0]] })
  }
  const [asks, setAsks] = useState(false)
  const refill = useChange('POST /api/orders/{orderId}/refills', again)
  const cancel = useChange('POST /api/orders/{orderId}/cancellation', () => {
    setAsks(false)
    again()
  })
  const withdraws = order.cancel.how === 'withdraw'
  return (
    <div className="stack-tight">
      {refill.error && <FailureNotice failure={refill.error} title="It is not refilled" />}
      {refill.data && (
        <Notice tone="good" title={`Refill ${refill.data.refillId} is asked for`}>
          How it goes on stands below. It costs nothing.
        </Notice>
      )}
      {cancel.data?.outcome === 'asked' && isActive(order) && (
        <Notice tone="info" title="Whoever has the order is asked to stop it">
          What is not delivered by then comes back to the balance as soon as it is known.
        </Notice>
      )}
      {cancel.data?.outcome === 'withdrawn' && (
        <Notice tone="good" title="The order is canceled">
          It was not sent. <Amount of={order.charge} currency={currency} alone /> went back to the balance.
        </Notice>
      )}
      <div className="after-order">
        {isActive(order) ? (
          <Wish why={order.cancel.because && noCancelWords[order.cancel.because]} opensAt={order.cancel.opensAt} name="Canceling">
            <Button variant="default" fullWidth disabled={!order.cancel.may} onClick={() => setAsks(true)}>
              Cancel
            </Button>
          </Wish>
        ) : order.refill.because === 'given-back' ? undefined : (
          <Wish why={order.refill.because && noRefillWords[order.refill.because]} opensAt={order.refill.opensAt} name="Refill">
            <Button
              variant="default"
              fullWidth
              disabled={!order.refill.may}
              loading={refill.isPending}
              onClick={() => refill.mutate({ path })}
            >
              Refill
            </Button>
          </Wish>
        )}
      </div>
      <Confirm
        opened={asks}
        title={`Cancel order ${order.orderId}?`}
        verb="Cancel the order"
        busy={cancel.isPending}
        failure={cancel.error ?? undefined}
        go={() => cancel.mutate({ path })}
        close={() => setAsks(false)}
      >
        {withdraws ? (
          <>
            It was not sent yet. <Amount of={order.charge} currency={currency} alone /> comes back to the balance at once.
          </>
        ) : (
          'It is on its way. Whoever has it is asked to stop it, and may refuse. What is not delivered by then comes back to the balance when that is known.'
        )}
      </Confirm>
    </div>
  )
}

interface WishProps {
  readonly name: string
  readonly why: string | undefined
  readonly opensAt: string | undefined
  readonly children: ReactNode
}

function Wish({ name, why, opensAt, children }: WishProps) {
  return (
    <div>
      {children}
      {why && (
        <p className="after-order-why">
          {why}{' '}
          {opensAt && (
            <>
              {name} opens <Moment at={opensAt} alone start />.
            </>
          )}
        </p>
      )}
    </div>
  )
}
