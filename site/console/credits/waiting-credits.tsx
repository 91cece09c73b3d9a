import './waiting-credits.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Amount } from '../../shared/amount.tsx'
import { keyOf, useAnswer } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useCurrency } from '../currency.ts'
import { DecideCredit, type Decision, type WaitingCredit } from './decide-credit.tsx'

/** Large credits that wait for a second person, each with its evidence and its buttons. Nothing where none waits. */
export function WaitingCredits() {
  const currency = useCurrency()
  const answers = useQueryClient()
  const credits = useAnswer('GET /api/admin/credit-requests', {}, { every: () => 30_000 })
  const [deciding, setDeciding] = useState<{ readonly credit: WaitingCredit; readonly decision: Decision }>()
  const [told, setTold] = useState<string>()
  const rows = credits.data?.rows ?? []
  if (credits.error && rows.length === 0)
    return <FailureNotice failure={credits.error} title="Waiting credits could not be read" retry={() => void credits.refetch()} />
  return (
    <>
      {told && <Notice tone="good" title={told} />}
      {rows.length > 0 && (
        <section className="card" aria-label="Credits that wait for a second person">
          <div className="card-head">
            <h2>Credits that wait for a second person</h2>
          </div>
          <ul className="waiting-credits">
            {rows.map((credit) => (
              <li key={`${credit.customerId} ${credit.requestId}`} className="waiting-credit">
                <div className="grow">
                  <strong>
                    <Amount of={credit.amount} currency={currency} alone />
                  </strong>{' '}
                  to{' '}
                  <Link to="/customers/$customerId" params={{ customerId: credit.customerId }}>
                    customer {credit.customerId.slice(0, 8)}
                  </Link>
                  <div className="soft">“{credit.memo}”</div>
                  <div className="faint small">
                    asked for by {credit.own ? 'you' : credit.askedBy} · <Moment at={credit.at} alone start />
                  </div>
                </div>
                <div className="row waiting-buttons">
                  <Button variant="default" onClick={() => setDeciding({ credit, decision: 'decline' })}>
                    {credit.own ? 'Take it back' : 'Decline'}
                  </Button>
                  {!credit.own && <Button onClick={() => setDeciding({ credit, decision: 'agree' })}>Agree</Button>}
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {deciding && (
        <DecideCredit
          {...deciding}
          currency={currency}
          close={() => setDeciding(undefined)}
          decided={(title) => {
            setTold(title)
            void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/credit-requests') })
          }}
        />
      )}
    </>
  )
}
