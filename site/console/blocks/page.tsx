import '../../shared/tickets/tickets.css'
import { Button } from '@mantine/core'
import { IconShieldOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { BlockDialog } from './block-dialog.tsx'

/** Targets whose owners want no orders. */
export function BlockedPage() {
  const blocks = usePages('GET /api/admin/blocked-targets', {})
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const { rows, failure } = blocks
  useTitle('Blocked targets', 'Console')
  return (
    <>
      <p className="ticket-back">
        <Link to="/inquiries" search={{ kind: 'abuse' }}>
          Reports of abuse
        </Link>
      </p>
      <div className="page-head">
        <h1>Blocked targets</h1>
        {may('admin.block-target') && (
          <Button className="push" onClick={() => setAdding(true)}>
            Block a target
          </Button>
        )}
      </div>
      <section className="card" aria-label="Blocked targets">
        {failure && (
          <div className="card-body">
            <FailureNotice failure={failure} title="The list could not be read" retry={blocks.retry} />
          </div>
        )}
        {!rows && !failure && <Bones rows={4} height={64} />}
        {rows?.length === 0 && (
          <Nothing icon={IconShieldOff} title="No target is blocked">
            Who shows that a profile or page is theirs, and wants no orders for it, is listed here.
          </Nothing>
        )}
        {rows && rows.length > 0 && (
          <ul className="ticket-list">
            {rows.map(({ blockId, target, at, memo }) => (
              <li key={blockId}>
                <Link to="/blocked/$blockId" params={{ blockId }} className="ticket-row">
                  <span className="ticket-subject">{target}</span>
                  <span className="ticket-side soft small">
                    <Moment at={at} start />
                  </span>
                  <span className="ticket-facts">{memo}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        <MoreButton more={blocks.more} busy={blocks.isGettingMore} />
      </section>
      {adding && <BlockDialog link="" close={() => setAdding(false)} />}
    </>
  )
}
