import { IconMessages } from '@tabler/icons-react'
import { usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { TicketRows } from '../tickets/ticket-rows.tsx'

/** Everything this customer asked, answered and closed ones too. */
export function CustomerTickets({ customerId }: { readonly customerId: string }) {
  const { rows, failure, retry, more, isGettingMore } = usePages('GET /api/admin/customers/{customerId}/tickets', {
    path: { customerId },
  })
  return (
    <>
      {failure && (
        <div className="card-body">
          <FailureNotice failure={failure} title="The tickets could not be read" retry={retry} />
        </div>
      )}
      {!rows && !failure && <Bones rows={3} height={64} />}
      {rows?.length === 0 && <Nothing icon={IconMessages} title="No tickets yet" />}
      {rows && rows.length > 0 && <TicketRows rows={rows} />}
      <MoreButton more={more} busy={isGettingMore} />
    </>
  )
}
