import './page.css'
import { IconCalendarOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { usePages } from '../../shared/answers.ts'
import { utcDay } from '../../shared/moments.ts'
import { Nothing } from '../../shared/nothing.tsx'
import { isActive } from '../../shared/order-words.ts'
import { useTitle } from '../../shared/title.ts'
import { DayTurner } from '../day-turner.tsx'
import { StaffOrderSheet } from './order-sheet.tsx'
import { StaffOrders } from './staff-orders.tsx'

/** The orders of a day. */
export function OrdersPage({ day, opened }: { readonly day: string | undefined; readonly opened: string | undefined }) {
  const today = utcDay(new Date())
  const shown = day ?? today
  const list = usePages(
    'GET /api/admin/orders',
    { query: { day: shown } },
    { every: (rows) => (shown === today && rows?.some(isActive) ? 10_000 : false) },
  )
  const navigate = useNavigate()
  const search = day ? { day } : {}
  const turn = (to: string | undefined): void => void navigate({ to: '/orders', search: to ? { day: to } : {} })
  useTitle('Orders', 'Console')
  return (
    <>
      <div className="page-head">
        <h1>Orders</h1>
        <div className="push">
          <DayTurner day={day} turn={turn} />
        </div>
      </div>
      <section className="card" aria-label={`Orders of ${shown}`}>
        <StaffOrders
          list={list}
          opens="/orders/$orderId"
          search={search}
          opened={opened}
          none={
            <Nothing icon={IconCalendarOff} title="No orders on this day">
              Days are counted by UTC.
            </Nothing>
          }
        />
      </section>
      <StaffOrderSheet orderId={opened} close={() => void navigate({ to: '/orders', search, resetScroll: false })} />
    </>
  )
}
