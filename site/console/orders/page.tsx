import './page.css'
import { ActionIcon, TextInput } from '@mantine/core'
import { IconCalendarOff, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { usePages } from '../../shared/answers.ts'
import { utcDay } from '../../shared/moments.ts'
import { Nothing } from '../../shared/nothing.tsx'
import { isActive } from '../../shared/order-words.ts'
import { useTitle } from '../../shared/title.ts'
import { StaffOrderSheet } from './order-sheet.tsx'
import { StaffOrders } from './staff-orders.tsx'

const dayMilliseconds = 86_400_000
const shifted = (day: string, days: number): string => utcDay(new Date(Date.parse(day) + days * dayMilliseconds))

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
  const turn = (to: string): void => {
    if (/^\d{4}-\d\d-\d\d$/.test(to) && to <= today) void navigate({ to: '/orders', search: to === today ? {} : { day: to } })
  }
  useTitle('Orders', 'Console')
  return (
    <>
      <div className="page-head">
        <h1>Orders</h1>
        <div className="day-turner push">
          <ActionIcon variant="default" size={36} aria-label="The day before" onClick={() => turn(shifted(shown, -1))}>
            <IconChevronLeft size={18} stroke={1.8} aria-hidden />
          </ActionIcon>
          <TextInput
            type="date"
            aria-label="Day, by UTC"
            value={shown}
            max={today}
            onChange={(event) => turn(event.currentTarget.value)}
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label="The day after"
            disabled={shown >= today}
            onClick={() => turn(shifted(shown, 1))}
          >
            <IconChevronRight size={18} stroke={1.8} aria-hidden />
          </ActionIcon>
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
