import './page.css'
import { IconChecks } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { usePages } from '../../shared/answers.ts'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { WaitingCredits } from '../credits/waiting-credits.tsx'
import { UnclassifiedErrors } from '../errors/unclassified.tsx'
import { useMay } from '../me.ts'
import { ProviderTroubles } from '../providers/troubles.tsx'
import { WaitingRequests } from '../requests/waiting-requests.tsx'
import { WaitingTickets } from '../tickets/waiting-tickets.tsx'
import { StaffOrderSheet } from './order-sheet.tsx'
import { StaffOrders } from './staff-orders.tsx'

/** What a machine cannot know or settle: orders that were sent and not heard of, or have waited for a day. The oldest first. */
export function NeedsYouPage({ opened }: { readonly opened: string | undefined }) {
  const list = usePages('GET /api/admin/orders', { query: { list: 'unknown' } }, { every: () => 30_000 })
  const navigate = useNavigate()
  const may = useMay()
  useTitle('Needs you', 'Console')
  return (
    <>
      <div className="page-head">
        <h1>Needs you</h1>
      </div>
      <div className="stack">
        <ProviderTroubles />
        {may('admin.count-tickets') && <WaitingTickets />}
        {may('admin.list-credit-requests') && <WaitingCredits />}
        {may('admin.count-error-texts') && <UnclassifiedErrors />}
        {may('admin.list-requests') && <WaitingRequests />}
        <section className="card" aria-label="Unknown outcomes">
          <div className="card-head">
            <h2>Unknown outcomes</h2>
          </div>
          <p className="soft list-lead">
            Sent to a provider, and the answer was lost or makes no sense. They are neither sent again nor refunded by a machine.
            Look for the order at the provider by its link and time, open it here and settle it; until then, the customer reads that
            it is being looked into. What has waited for its provider for a day is here, too: send it now, or refund it.
          </p>
          <StaffOrders
            list={list}
            opens="/needs/$orderId"
            opened={opened}
            none={
              <Nothing icon={IconChecks} title="No order needs you">
                An order appears here when it was sent and nobody heard what came of it.
              </Nothing>
            }
          />
        </section>
      </div>
      <StaffOrderSheet orderId={opened} close={() => void navigate({ to: '/', resetScroll: false })} />
    </>
  )
}
