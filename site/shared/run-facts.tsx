import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Answer } from '../api.ts'
import { inRuns } from './runs-words.ts'

type Order = Answer<'GET /api/orders'>['rows'][number]

/** What there is to say of runs: how an order is delivered, or which run of which order it is. */
export function runFacts({ quantity, runs, interval, feed, runOf }: Order): (readonly [string, ReactNode])[] {
  if (runOf)
    return [
      [
        'Run',
        <span key="run" className="tabular">
          {runOf.run} of order{' '}
          <Link to="/orders/$orderId" params={{ orderId: runOf.order }}>
            {runOf.order}
          </Link>
          , which paid for it
        </span>,
      ],
    ]
  if (runs === undefined || interval === undefined) return []
  return [
    [
      'In runs',
      <span key="runs" className="tabular">
        {inRuns({ quantity, runs, interval })}
        {!feed && ', by the provider'}
      </span>,
    ],
  ]
}
