import './runs.css'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Answer } from '../api.ts'
import { count } from './amounts.ts'
import { Moment } from './moment.tsx'
import { delivered } from './progress.tsx'
import { StateBadge } from './state-badge.tsx'

type Order = Answer<'GET /api/orders'>['rows'][number]
export type Feed = NonNullable<Order['feed']>

interface RunsProps {
  readonly order: Order
  readonly feed: Feed
  /** The orders that carry out the runs, the latest first. */
  readonly runs: readonly Order[] | undefined
  readonly more: (() => void) | undefined
  readonly isGettingMore: boolean
  /** The route that opens an order, with `$orderId` in it. */
  readonly opens: string
  /** Who paused it, in words. */
  readonly paused: ReactNode
  /** What can be done about what has not begun. */
  readonly actions?: ReactNode
}

/** The runs of an order, each an order of its own; when the next one begins, and what can be done about that. */
export function Runs({ order, feed, runs, more, isGettingMore, opens, paused, actions }: RunsProps) {
  return (
    <section aria-label="Runs">
      <div className="runs-head">
        <h3>Runs</h3>
        {actions && <div className="runs-actions">{actions}</div>}
      </div>
      <p className="runs-next small">
        <span className="tabular">
          {count(feed.started)} of {count(order.runs ?? 0)} started.
        </span>{' '}
        <Next feed={feed} paused={paused} />
      </p>
      {runs && runs.length > 0 && (
        <ol className="runs-list" reversed>
          {runs.map((run) => (
            <li key={run.orderId}>
              <span className="faint small tabular">Run {run.runOf?.run}</span>
              <span>
                <Link to={opens} params={{ orderId: run.orderId }} className="number-link">
                  {run.orderId}
                </Link>{' '}
                <span className="faint tiny">
                  <Moment at={run.acceptedAt} start />
                </span>
              </span>
              <span className="runs-list-figures">
                <StateBadge state={run.state} />
                <span className="faint tiny tabular">
                  {' '}
                  {count(delivered(run))} of {count(run.quantity)}
                </span>
              </span>
            </li>
          ))}
        </ol>
      )}
      {more && (
        <Button variant="subtle" size="xs" fullWidth onClick={more} loading={isGettingMore}>
          Earlier runs
        </Button>
      )}
    </section>
  )
}

/** What becomes of a pause that nobody ends. */
export function PauseEnds({ at }: { readonly at: string }) {
  return (
    <>
      {' '}
      What has not begun by <Moment at={at} alone /> is canceled, and its charge goes back.
    </>
  )
}

function Next({ feed, paused }: { readonly feed: Feed; readonly paused: ReactNode }) {
  if (feed.isCanceled) return <>What had not begun was canceled, and its charge went back.</>
  if (feed.nextAt === undefined) return <>No further run is to come.</>
  if (feed.pausedBy) return <>{paused}</>
  return new Date(feed.nextAt) <= new Date() ? (
    <>The next one begins within a minute.</>
  ) : (
    <>
      The next one begins <Moment at={feed.nextAt} alone />.
    </>
  )
}
