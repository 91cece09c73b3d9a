import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { count } from '../../shared/amounts.ts'
import { keyOf, useChange, usePages } from '../../shared/answers.ts'
import { Confirm } from '../../shared/confirm.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { isActive } from '../../shared/order-words.ts'
import { type Feed, PauseEnds, Runs } from '../../shared/runs.tsx'
import { useMoneyMoved } from '../me.ts'

interface OrderRunsProps {
  readonly order: Answer<'GET /api/orders/{orderId}'>
  readonly feed: Feed
  readonly currency: string
}

/** The runs of an order, with the buttons for what is left of them. */
export function OrderRuns({ order, feed, currency }: OrderRunsProps) {
  const path = { orderId: String(order.orderId) }
  const runs = usePages('GET /api/orders/{orderId}/runs', { path }, { every: () => (isActive(order) ? 4_000 : false) })
  const answers = useQueryClient()
  const moneyMoved = useMoneyMoved()
  const [asking, setAsking] = useState(false)
  const steer = useChange('POST /api/orders/{orderId}/runs', (_, { body }) => {
    // The answer to an earlier step closes no question that was asked since.
    if (body.step === 'cancel') setAsking(false)
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/orders/{orderId}').slice(0, 1) })
    moneyMoved()
  })
  const take = (step: 'pause' | 'resume' | 'cancel'): void => steer.mutate({ path, body: { step } })
  const left = (order.runs ?? 0) - feed.started
  const failure = steer.error ?? undefined
  return (
    <>
      <Runs
        order={order}
        feed={feed}
        runs={runs.rows}
        more={runs.more}
        isGettingMore={runs.isGettingMore}
        opens="/orders/$orderId"
        paused={
          feed.pausedBy === 'staff' ? (
            'Paused by support; write to them.'
          ) : (
            <>
              Paused by you: nothing begins until you resume.
              {feed.pausedUntil && <PauseEnds at={feed.pausedUntil} />}
            </>
          )
        }
        actions={
          feed.nextAt !== undefined && (
            <>
              {feed.pausedBy !== 'staff' && (
                <Button
                  size="xs"
                  variant="default"
                  loading={steer.isPending && !asking}
                  onClick={() => take(feed.pausedBy ? 'resume' : 'pause')}
                >
                  {feed.pausedBy ? 'Resume' : 'Pause'}
                </Button>
              )}
              <Button size="xs" variant="default" onClick={() => setAsking(true)}>
                Cancel remaining
              </Button>
            </>
          )
        }
      />
      {failure && !asking && <FailureNotice failure={failure} title="Nothing was changed" />}
      <Confirm
        opened={asking}
        title="Cancel what has not begun?"
        verb={left === 1 ? 'Cancel 1 run' : `Cancel ${count(left)} runs`}
        busy={steer.isPending}
        failure={asking ? failure : undefined}
        go={() => take('cancel')}
        close={() => setAsking(false)}
      >
        <Amount of={feed.unused} currency={currency} alone /> goes back to the balance at once. Runs that have begun go on.
      </Confirm>
    </>
  )
}
