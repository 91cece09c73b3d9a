import '../../shared/tickets/tickets.css'
import { Button } from '@mantine/core'
import { IconMessages } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { TicketBadge } from '../../shared/tickets/ticket-badge.tsx'
import { categoryWords } from '../../shared/tickets/words.ts'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'

/** What was asked of support, and what is unread. */
export function TicketsPage() {
  const { data: catalogue } = useCatalogue()
  const navigate = useNavigate()
  const tickets = usePages('GET /api/tickets', {}, { every: () => 30_000 })
  const { rows, failure } = tickets
  useTitle('Tickets', catalogue?.panelName)
  const ask = (): void => void navigate({ to: '/tickets/new' })
  return (
    <>
      <div className="page-head">
        <h1>Tickets</h1>
        {rows && rows.length > 0 && (
          <Button className="push" onClick={ask}>
            New ticket
          </Button>
        )}
      </div>
      <section className="card" aria-label="Tickets">
        {failure && (
          <div className="card-body">
            <FailureNotice failure={failure} title="Your tickets could not be read" retry={tickets.retry} />
          </div>
        )}
        {!rows && !failure && <Bones rows={4} height={64} />}
        {rows?.length === 0 && (
          <Nothing icon={IconMessages} title="No tickets yet" action={<Button onClick={ask}>New ticket</Button>}>
            What you ask support is kept here with the answers, and beside the orders it is about.
          </Nothing>
        )}
        {rows && rows.length > 0 && (
          <ul className="ticket-list">
            {rows.map(({ ticketId, subject, category, status, changedAt, unread }) => (
              <li key={ticketId}>
                <Link
                  to="/tickets/$ticketId"
                  params={{ ticketId: String(ticketId) }}
                  className="ticket-row"
                  data-unread={unread > 0}
                >
                  <span className="ticket-subject">{subject}</span>
                  <span className="ticket-side">
                    <TicketBadge status={status} to="customer" />
                    {unread > 0 && <UnreadMark count={unread} />}
                  </span>
                  <span className="ticket-facts">
                    <span className="tabular">#{ticketId}</span>
                    <span>{categoryWords[category]}</span>
                    <Moment at={changedAt} start />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        <MoreButton more={tickets.more} busy={tickets.isGettingMore} />
      </section>
    </>
  )
}

const UnreadMark = ({ count }: { readonly count: number }) => (
  <span className="unread-mark">
    {count}
    <span className="unseen"> unread</span>
  </span>
)
