import './page.css'
import { Button, NativeSelect } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { use } from 'react'
import type { StaffStep } from '../../../core/tickets/states.ts'
import type { Answer } from '../../api.ts'
import { CallContext, keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { Conversation } from '../../shared/tickets/conversation.tsx'
import { OrderChips } from '../../shared/tickets/order-chips.tsx'
import { TicketBadge } from '../../shared/tickets/ticket-badge.tsx'
import { categoryWords } from '../../shared/tickets/words.ts'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { TheirData } from '../privacy/their-data.tsx'
import { AnswerForm } from './answer-form.tsx'
import { LateMark } from './ticket-rows.tsx'
import { useSupporters } from './use-supporters.ts'

export type StaffTicket = Answer<'GET /api/admin/tickets/{customerId}/{ticketId}'>
const route = 'GET /api/admin/tickets/{customerId}/{ticketId}'

/** One ticket: what was said, who asks and about what, and what can be done. */
export function TicketPage({ customerId, ticketId }: { readonly customerId: string; readonly ticketId: string }) {
  const path = { customerId, ticketId }
  // Every look is recorded: it is not asked for again just because a window came to the front.
  const ticket = useAnswer(route, { path }, { staleMilliseconds: Number.POSITIVE_INFINITY })
  const answers = useQueryClient()
  const may = useMay()
  const { data, error } = ticket
  useTitle(data ? `Ticket ${data.ticketId}` : 'Ticket', 'Console')
  if (error && !data)
    return <FailureNotice failure={error} title="This ticket could not be read" retry={() => void ticket.refetch()} />
  if (!data)
    return (
      <div className="card">
        <Bones rows={5} height={72} />
      </div>
    )
  const changed = (): void => {
    void ticket.refetch()
    for (const one of ['GET /api/admin/tickets', 'GET /api/admin/ticket-counts'] as const)
      void answers.invalidateQueries({ queryKey: keyOf(one).slice(0, 1) })
  }
  return (
    <>
      <p className="ticket-back">
        <Link to="/tickets">All tickets</Link>
      </p>
      <div className="page-head">
        <h1 className="ticket-title">{data.subject}</h1>
        <TicketBadge status={data.status} to="staff" />
        {data.isLate && <LateMark />}
      </div>
      <div className="ticket-desk">
        <section className="card" aria-label={`Ticket ${data.ticketId}`}>
          <Talk ticket={data} />
          <AnswerForm key={data.ticketId} ticket={data} changed={changed} />
        </section>
        <div className="stack">
          <Context ticket={data} changed={changed} />
          {data.category === 'privacy-request' && data.customer && may('admin.read-privacy') && (
            <section className="card card-body stack" aria-label="Their data">
              <h2>Their data</h2>
              <TheirData customerId={customerId} ticketId={data.ticketId} changed={changed} />
            </section>
          )}
        </div>
      </div>
    </>
  )
}

function Talk({ ticket }: { readonly ticket: StaffTicket }) {
  const { nameOf } = useSupporters()
  const call = use(CallContext)
  const { customerId } = ticket
  const name = ticket.customer?.fullName ?? 'The customer'
  const said = [
    ...ticket.conversation.map(({ at, text, author, by, files = [] }) => ({
      at,
      text,
      files: files.map((fileId) => ({
        fileId,
        read: () => call('GET /api/admin/customers/{customerId}/files/{fileId}', { path: { customerId, fileId } }),
      })),
      who: author === 'customer' ? name : by ? nameOf(by) : 'Support',
      mine: author === 'staff',
    })),
    ...ticket.notes.map(({ at, text, by }) => ({
      at,
      text,
      who: `Note for colleagues, by ${nameOf(by)}`,
      mine: false,
      note: true,
    })),
  ]
  return <Conversation label="Messages and notes" said={said.toSorted((one, other) => (one.at < other.at ? -1 : 1))} />
}

const stepWords: Readonly<Record<StaffStep, string>> = {
  hold: 'Wait for somebody else',
  takeUp: 'Take it up again',
  close: 'Close',
  reopen: 'Open it again',
}

function Context({ ticket, changed }: { readonly ticket: StaffTicket; readonly changed: () => void }) {
  const { customerId, ticketId, category, customer, createdAt, waitingSince, dueAt, orders, steps, assignedTo } = ticket
  const path = { customerId, ticketId }
  const may = useMay()
  const { active, nameOf, me } = useSupporters()
  const steer = useChange('PUT /api/admin/tickets/{customerId}/{ticketId}/status', changed)
  const assign = useChange('PUT /api/admin/tickets/{customerId}/{ticketId}/assignment', changed)
  const failure = steer.error ?? assign.error
  const others = assignedTo && !active.some(({ staffId }) => staffId === assignedTo) ? [assignedTo] : []
  return (
    <aside className="card card-body stack" aria-label="Context">
      {failure && <FailureNotice failure={failure} title="Nothing was changed" />}
      <Facts
        rows={[
          [
            'Customer',
            <span key="customer">
              <Link to="/customers/$customerId" params={{ customerId }}>
                {customer?.fullName ?? 'gone'}
              </Link>
              {customer && customer.status !== 'active' && `, ${customer.status}`}
            </span>,
          ],
          ['About', categoryWords[category]],
          ['Opened', <Moment key="opened" at={createdAt} alone start />],
          ...(waitingSince ? [['Waits since', <Moment key="since" at={waitingSince} alone start />] as const] : []),
          ...(dueAt ? [['Due', <Moment key="due" at={dueAt} alone start />] as const] : []),
        ]}
      />
      <OrderChips orders={orders} />
      {may('admin.assign-ticket') && (
        <NativeSelect
          label="Who has it"
          disabled={assign.isPending}
          data={[
            { value: '', label: 'Nobody' },
            ...active.map(({ staffId, email }) => ({ value: staffId, label: staffId === me ? `${email} (you)` : email })),
            ...others.map((value) => ({ value, label: nameOf(value) })),
          ]}
          value={assignedTo ?? ''}
          onChange={(event) => {
            const to = event.currentTarget.value
            assign.mutate({ path, body: to === '' ? {} : { to } })
          }}
        />
      )}
      {may('admin.steer-ticket') && (
        <div className="stack-tight">
          {steps.map((step) => (
            <Button
              key={step}
              variant="default"
              fullWidth
              loading={steer.isPending && steer.variables.body.step === step}
              onClick={() => steer.mutate({ path, body: { step } })}
            >
              {stepWords[step]}
            </Button>
          ))}
        </div>
      )}
    </aside>
  )
}
