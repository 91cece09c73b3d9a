import './page.css'
import { Button } from '@mantine/core'
import { IconCalendarOff, IconFilterOff } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { usePages } from '../../shared/answers.ts'
import { utcDay } from '../../shared/moments.ts'
import { Nothing } from '../../shared/nothing.tsx'
import { isActive } from '../../shared/order-words.ts'
import { useTitle } from '../../shared/title.ts'
import { FoundOrders } from './found-orders.tsx'
import { OrderFilters } from './order-filters.tsx'
import { OrderSearch } from './order-search.tsx'
import { StaffOrderSheet } from './order-sheet.tsx'
import { StaffOrders } from './staff-orders.tsx'
import { isOpenState, type OrderWish } from './wish.ts'

/** Orders as staff look for them: by number, link or provider's number, or by status, day, provider and customer. */
export function OrdersPage({ wish, opened }: { readonly wish: OrderWish; readonly opened: string | undefined }) {
  const navigate = useNavigate()
  const go = (search: OrderWish): void => void navigate({ to: '/orders', search, resetScroll: false })
  useTitle('Orders', 'Console')
  return (
    <>
      <div className="page-head">
        <h1>Orders</h1>
      </div>
      <OrderSearch key={wish.find ?? ''} find={wish.find} search={(find) => go(find ? { find } : {})} />
      {wish.find ? (
        <FoundOrders find={wish.find} opened={opened} />
      ) : (
        <>
          <OrderFilters wish={wish} change={go} />
          <FilteredOrders wish={wish} opened={opened} clear={() => go({})} />
        </>
      )}
      <StaffOrderSheet orderId={opened} close={() => go(wish)} />
    </>
  )
}

interface FilteredOrdersProps {
  readonly wish: OrderWish
  readonly opened: string | undefined
  readonly clear: () => void
}

function FilteredOrders({ wish, opened, clear }: FilteredOrdersProps) {
  const { state, day, provider, customer } = wish
  const today = utcDay(new Date())
  const isToday = customer === undefined && !isOpenState(state) && (day ?? today) === today
  const isFiltered = state !== undefined || provider !== undefined || customer !== undefined
  const query = {
    ...(state ? { state } : {}),
    ...(day ? { day } : isToday ? { day: today } : {}),
    ...(provider ? { providerId: provider } : {}),
    ...(customer ? { customerId: customer } : {}),
  }
  // Each look is on record, so it is not repeated by the second.
  const list = usePages('GET /api/admin/orders', { query }, { every: (rows) => (isToday && rows?.some(isActive) ? 30_000 : false) })
  return (
    <section className="card" aria-label={day || isToday ? `Orders of ${day ?? today}` : 'Orders'}>
      <StaffOrders
        list={list}
        opens="/orders/$orderId"
        search={{ ...wish }}
        opened={opened}
        none={
          list.more ? (
            <Nothing icon={IconFilterOff} title="None among those looked at so far">
              What is rare is not searched for in one go: go on below.
            </Nothing>
          ) : isFiltered ? (
            <Nothing
              icon={IconFilterOff}
              title="No order fits these filters"
              action={
                <Button variant="default" onClick={clear}>
                  Clear filters
                </Button>
              }
            >
              {isOpenState(state) ? 'None stands so at the moment.' : 'Days are counted by UTC.'}
            </Nothing>
          ) : (
            <Nothing icon={IconCalendarOff} title="No orders on this day">
              Days are counted by UTC.
            </Nothing>
          )
        }
      />
    </section>
  )
}
