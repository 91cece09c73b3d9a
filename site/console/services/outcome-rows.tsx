import type { ReactNode } from 'react'
import type { Answer } from '../../api.ts'
import { count } from '../../shared/amounts.ts'

type Outcomes = Answer<'GET /api/admin/services/{serviceId}'>['outcomes']

const words = { completed: 'Completed', partial: 'Partial', canceled: 'Canceled', refused: 'Taken by nobody' } as const

/** How the last orders ended, as rows of facts: nothing while too few did. */
export const outcomeRows = (outcomes: Outcomes): [string, ReactNode][] =>
  outcomes
    ? (['completed', 'partial', 'canceled', 'refused'] as const).map((outcome) => [
        words[outcome],
        <span key={outcome} className="tabular">
          {Math.round((outcomes[outcome] * 100) / outcomes.ended)} %{' '}
          <span className="faint">
            · {count(outcomes[outcome])} of the last {count(outcomes.ended)}
          </span>
        </span>,
      ])
    : []
