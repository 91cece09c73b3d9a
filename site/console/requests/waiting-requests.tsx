import './waiting-requests.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useAnswer } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useMay } from '../me.ts'
import { DecideRequest, type Deciding, type StaffCancel, type StaffRefill } from './decide-request.tsx'
import { requestReasonWords } from './request-words.ts'

/** Refills and cancellations that no machine can go on with, each with its evidence and its buttons. Nothing where none waits. */
export function WaitingRequests() {
  const may = useMay()
  const answers = useQueryClient()
  const requests = useAnswer('GET /api/admin/requests', {}, { every: () => 30_000 })
  const [deciding, setDeciding] = useState<Deciding>()
  const [told, setTold] = useState<string>()
  const { refills = [], cancellations = [], more = false } = requests.data ?? {}
  if (requests.error && !requests.data)
    return (
      <FailureNotice
        failure={requests.error}
        title="Refills and cancellations could not be read"
        retry={() => void requests.refetch()}
      />
    )
  return (
    <>
      {told && <Notice tone="good" title={told} />}
      {refills.length + cancellations.length > 0 && (
        <section className="card" aria-label="Refills and cancellations">
          <div className="card-head">
            <h2>Refills and cancellations</h2>
          </div>
          <ul className="waiting-requests">
            {cancellations.map((request) => (
              <Waiting key={`cancel ${request.orderId}`} what="Cancel order" of={request}>
                {may('admin.decide-cancel') && <CancelButtons request={request} decide={setDeciding} />}
              </Waiting>
            ))}
            {refills.map((refill) => (
              <Waiting key={`refill ${refill.refillId}`} what="Refill order" of={refill}>
                {may('admin.decide-refill') && <RefillButtons refill={refill} decide={setDeciding} />}
              </Waiting>
            ))}
          </ul>
          {more && <p className="soft list-lead">There are more: they come up as these are decided.</p>}
        </section>
      )}
      {deciding && (
        <DecideRequest
          deciding={deciding}
          close={() => setDeciding(undefined)}
          decided={(title) => {
            setTold(title)
            void answers.invalidateQueries()
          }}
        />
      )}
    </>
  )
}

function Waiting({
  what,
  of,
  children,
}: {
  readonly what: string
  readonly of: StaffRefill | StaffCancel
  readonly children: ReactNode
}) {
  return (
    <li className="waiting-request">
      <div className="grow">
        <strong>{what}</strong>{' '}
        <Link to="/needs/$orderId" params={{ orderId: String(of.orderId) }} resetScroll={false} className="tabular">
          {of.orderId}
        </Link>
        {of.state === 'in-progress' && <span className="soft"> · under way</span>}
        <div className="soft">{of.reason ? requestReasonWords[of.reason] : 'Staff have taken it up.'}</div>
        {of.said && (
          <blockquote className="provider-words" title="The provider’s own words">
            {of.said}
          </blockquote>
        )}
        <div className="faint small">
          asked for <Moment at={of.askedAt} alone start />
          {'providerRefillId' in of && of.providerRefillId && (
            <>
              {' '}
              · number there <span className="tabular">{of.providerRefillId}</span>
            </>
          )}
        </div>
      </div>
      <div className="row">{children}</div>
    </li>
  )
}

interface ButtonsProps {
  readonly decide: (deciding: Deciding) => void
}

function RefillButtons({ refill, decide }: ButtonsProps & { readonly refill: StaffRefill }) {
  const isNew = refill.state === 'pending'
  return (
    <>
      <Button variant="default" onClick={() => decide({ refill, decision: 'reject' })}>
        Turn down
      </Button>
      {isNew && refill.providerOrderId && refill.reason !== 'not-offered-by-provider' && (
        <Button variant="default" onClick={() => decide({ refill, decision: 'resend' })}>
          Send again
        </Button>
      )}
      {isNew && (
        <Button variant="default" onClick={() => decide({ refill, decision: 'start' })}>
          Take up
        </Button>
      )}
      <Button variant="light" onClick={() => decide({ refill, decision: 'complete' })}>
        Done
      </Button>
    </>
  )
}

function CancelButtons({ request, decide }: ButtonsProps & { readonly request: StaffCancel }) {
  return (
    <>
      <Button variant="default" onClick={() => decide({ request, decision: 'refuse' })}>
        It goes on
      </Button>
      {request.reason !== 'not-offered-by-provider' && request.reason !== 'order-unknown' && (
        <Button variant="default" onClick={() => decide({ request, decision: 'resend' })}>
          Ask again
        </Button>
      )}
      <Button variant="light" onClick={() => decide({ request, decision: 'take' })}>
        It is stopped
      </Button>
    </>
  )
}
