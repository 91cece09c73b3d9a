import './page.css'
import '../../shared/tickets/tickets.css'
import { Link } from '@tanstack/react-router'
import { useAnswer } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'

/** How many wait for an answer, and what is late. Nothing where nobody waits. */
export function WaitingTickets() {
  const counts = useAnswer('GET /api/admin/ticket-counts', {}, { every: () => 30_000 })
  const { data, error } = counts
  if (error && !data)
    return <FailureNotice failure={error} title="The tickets could not be counted" retry={() => void counts.refetch()} />
  if (!data || data.open + data.late + data.privacyRequests + data.contact + data.abuse + data.erasuresToDecide === 0) return null
  const lines: readonly (readonly [number, string, object, boolean, string?])[] = [
    [data.open, data.open === 1 ? 'ticket waits for an answer' : 'tickets wait for an answer', {}, false],
    [data.mine, 'of them yours', { show: 'mine' }, false],
    [data.unassigned, 'of them nobody’s', { show: 'unassigned' }, false],
    [data.late, 'late', { late: 'yes' }, true],
    [
      data.privacyRequests,
      data.privacyRequests === 1 ? 'privacy request is open' : 'privacy requests are open',
      { category: 'privacy-request' },
      false,
    ],
    [data.contact, data.contact === 1 ? 'letter by the contact form' : 'letters by the contact form', {}, false, '/inquiries'],
    [data.abuse, data.abuse === 1 ? 'report of abuse' : 'reports of abuse', { kind: 'abuse' }, false, '/inquiries'],
    [
      data.erasuresToDecide,
      data.erasuresToDecide === 1
        ? 'suspended customer closed their account: may it be erased?'
        : 'suspended customers closed their accounts: may they be erased?',
      {},
      false,
      '/privacy',
    ],
    [data.latePrivacyRequests, 'of them past the due date', { category: 'privacy-request', late: 'yes' }, true],
  ]
  return (
    <section className="card" aria-label="Tickets">
      <div className="card-head">
        <h2>Tickets and inquiries</h2>
      </div>
      <ul className="card-body order-chips">
        {lines
          .filter(([count]) => count > 0)
          .map(([count, words, search, grave, to = '/tickets']) => (
            <li key={words}>
              <Link to={to} search={search} className="order-chip">
                <strong className="tabular">{count}</strong>
                <span {...(grave ? { className: 'late-mark' } : {})}>{words}</span>
              </Link>
            </li>
          ))}
      </ul>
    </section>
  )
}
