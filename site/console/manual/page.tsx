import '../orders/page.css'
import { IconChecks } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { usePages } from '../../shared/answers.ts'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { StaffOrderSheet } from '../orders/order-sheet.tsx'
import { StaffOrders } from '../orders/staff-orders.tsx'

/** Orders that people of ours deliver, until they are over. The oldest first. */
export function ManualOrdersPage({ opened }: { readonly opened: string | undefined }) {
  const list = usePages('GET /api/admin/manual-orders', { query: {} }, { every: () => 30_000 })
  const navigate = useNavigate()
  useTitle('Manual orders', 'Console')
  return (
    <>
      <div className="page-head">
        <h1>Manual orders</h1>
      </div>
      <section className="card" aria-label="Manual orders">
        <p className="soft list-lead">
          Services without a provider: no machine sends these anywhere. Open one and take it in hand, then write down how it goes;
          the customer sees it at once, and what was not delivered goes back to the unit.
        </p>
        <StaffOrders
          list={list}
          opens="/manual/$orderId"
          opened={opened}
          none={
            <Nothing icon={IconChecks} title="Nothing to deliver">
              An order appears here the moment a manual service is ordered.
            </Nothing>
          }
        />
      </section>
      <StaffOrderSheet orderId={opened} close={() => void navigate({ to: '/manual', resetScroll: false })} />
    </>
  )
}
