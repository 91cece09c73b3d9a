import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { keyOf, useChange, usePages } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { type Feed, PauseEnds, Runs } from '../../shared/runs.tsx'
import { useCurrency } from '../currency.ts'
import { useMay } from '../me.ts'

type Step = 'pause' | 'resume' | 'cancel'
interface OrderRunsProps {
  readonly order: Answer<'GET /api/admin/orders/{orderId}'>
  readonly feed: Feed
}

/** The runs of an order, with what staff can do about those that have not begun; each step with its reason on record. */
export function StaffOrderRuns({ order, feed }: OrderRunsProps) {
  const may = useMay()
  const currency = useCurrency()
  const path = { orderId: String(order.orderId) }
  const runs = usePages('GET /api/admin/orders/{orderId}/runs', { path }, { enabled: may('admin.list-runs') })
  const answers = useQueryClient()
  const [asking, setAsking] = useState<Step>()
  const { mutate, isPending, error, reset } = useChange('POST /api/admin/orders/{orderId}/runs', () => {
    setAsking(undefined)
    for (const route of ['GET /api/admin/orders/{orderId}', 'GET /api/admin/orders'] as const)
      void answers.invalidateQueries({ queryKey: keyOf(route).slice(0, 1) })
  })
  const ask = (step: Step): void => {
    reset()
    setAsking(step)
  }
  const { title, verb } = words[asking ?? 'pause']
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
            'Paused by staff: the customer cannot resume it.'
          ) : (
            <>Paused by the customer.{feed.pausedUntil && <PauseEnds at={feed.pausedUntil} />}</>
          )
        }
        actions={
          may('admin.steer-runs') &&
          feed.nextAt !== undefined && (
            <>
              <Button size="xs" variant="default" onClick={() => ask(feed.pausedBy ? 'resume' : 'pause')}>
                {feed.pausedBy ? 'Resume' : 'Pause'}
              </Button>
              <Button size="xs" variant="default" onClick={() => ask('cancel')}>
                Cancel remaining
              </Button>
            </>
          )
        }
      />
      <MemoDialog
        key={asking}
        opened={asking !== undefined}
        title={title}
        verb={verb}
        grave={asking === 'cancel'}
        busy={isPending}
        failure={error ?? undefined}
        close={() => setAsking(undefined)}
        go={(memo) => asking && mutate({ path, body: { step: asking, memo } })}
      >
        {asking === 'cancel' ? (
          <>
            <Amount of={feed.unused} currency={currency} alone /> goes back to the customer’s balance at once. Runs that have begun
            go on.
          </>
        ) : asking === 'resume' ? (
          'The next run begins when it was due, or within a minute if that has passed. What was missed is not made up for at once.'
        ) : (
          'No further run begins until staff resume it. Runs that have begun go on.'
        )}
      </MemoDialog>
    </>
  )
}

const words: Readonly<Record<Step, { readonly title: string; readonly verb: string }>> = {
  pause: { title: 'Pause the runs of this order?', verb: 'Pause' },
  resume: { title: 'Resume the runs of this order?', verb: 'Resume' },
  cancel: { title: 'Cancel what has not begun?', verb: 'Cancel remaining' },
}
