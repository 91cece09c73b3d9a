import './page.css'
import '../../shared/tickets/tickets.css'
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Answer } from '../../api.ts'
import { Moment } from '../../shared/moment.tsx'
import { TicketBadge } from '../../shared/tickets/ticket-badge.tsx'
import { categoryWords } from '../../shared/tickets/words.ts'
import { useSupporters } from './use-supporters.ts'

type Ticket = Answer<'GET /api/admin/tickets'>['rows'][number]

/** Tickets, each with since when it waits and who has it. */
export function TicketRows({ rows }: { readonly rows: readonly Ticket[] }) {
  const { nameOf } = useSupporters()
  return (
    <ul className="ticket-list">
      {rows.map((ticket) => {
        const { customerId, ticketId, subject, category, status, waitingSince, createdAt, dueAt, assignedTo } = ticket
        return (
          <li key={`${customerId} ${ticketId}`}>
            <Link
              to="/tickets/$customerId/$ticketId"
              params={{ customerId, ticketId: String(ticketId) }}
              className="ticket-row"
              data-unread={ticket.unreadByStaff > 0}
            >
              <span className="ticket-subject">{subject}</span>
              <span className="ticket-side">
                <TicketBadge status={status} to="staff" />
                {ticket.isLate && <LateMark />}
              </span>
              <span className="ticket-facts">
                <span className="tabular">#{ticketId}</span>
                <span>{categoryWords[category]}</span>
                {waitingSince ? (
                  <span>
                    waits since <Moment at={waitingSince} start />
                  </span>
                ) : (
                  <span>
                    opened <Moment at={createdAt} start />
                  </span>
                )}
                {dueAt && (
                  <span>
                    due <Moment at={dueAt} start />
                  </span>
                )}
                <span>{assignedTo ? nameOf(assignedTo) : 'nobody’s'}</span>
                {ticket.unreadByStaff > 0 && <span>{ticket.unreadByStaff} unread</span>}
              </span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

export const LateMark = () => (
  <span className="late-mark">
    <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
    Late
  </span>
)
