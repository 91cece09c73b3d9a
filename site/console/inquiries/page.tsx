import '../../shared/tickets/tickets.css'
import { IconMailbox } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { InquiryKind } from '../../../core/inquiries/inquiry.ts'
import { usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Tabs } from '../../shared/tabs.tsx'
import { useTitle } from '../../shared/title.ts'

/** What people without an account wrote, until it is closed. */
export function InquiriesPage({ kind }: { readonly kind: InquiryKind }) {
  const navigate = useNavigate()
  const { rows, isOther, failure, retry, more, isGettingMore } = usePages(
    'GET /api/admin/inquiries',
    { query: { kind } },
    { every: () => 60_000 },
  )
  useTitle('Inquiries', 'Console')
  return (
    <>
      <div className="page-head">
        <h1>Inquiries</h1>
        <Link to="/blocked" className="push">
          Blocked targets
        </Link>
      </div>
      <section className="card" aria-label="Inquiries">
        <div className="ticket-about">
          <Tabs<InquiryKind>
            label="Which"
            names={[
              ['contact', 'Contact form'],
              ['abuse', 'Reports of abuse'],
            ]}
            chosen={kind}
            choose={(name) => void navigate({ to: '/inquiries', search: name === 'contact' ? {} : { kind: name } })}
          />
        </div>
        {failure && !rows && (
          <div className="card-body">
            <FailureNotice failure={failure} title="The inquiries could not be read" retry={retry} />
          </div>
        )}
        {!rows && !failure && <Bones rows={4} height={64} />}
        {rows?.length === 0 && (
          <Nothing icon={IconMailbox} title="Nothing waits">
            {kind === 'contact'
              ? 'What people without an account write to us appears here.'
              : 'Here appears who wants no orders for a profile or page of theirs, with what shows that it is theirs.'}
          </Nothing>
        )}
        {rows && rows.length > 0 && (
          <ul className={isOther ? 'ticket-list stale' : 'ticket-list'} aria-busy={isOther}>
            {rows.map(({ inquiryId, subject, target, at, answered }) => (
              <li key={inquiryId}>
                <Link to="/inquiries/$inquiryId" params={{ inquiryId }} className="ticket-row" data-unread={!answered}>
                  <span className="ticket-subject">{target ?? subject}</span>
                  <span className="ticket-side soft small">{answered ? 'answered' : 'not answered'}</span>
                  <span className="ticket-facts">
                    <Moment at={at} start />
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        <MoreButton more={more} busy={isGettingMore} words="Show more" />
      </section>
    </>
  )
}
