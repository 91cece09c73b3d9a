import './page.css'
import { Button, TextInput } from '@mantine/core'
import { IconFilterOff, IconReceipt2, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { isActive } from '../../shared/order-words.ts'
import { OrdersTable } from '../../shared/orders-table.tsx'
import { Tabs } from '../../shared/tabs.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue, useServiceNames } from '../catalogue.ts'
import { OrderSheet } from './order-sheet.tsx'
import { ServiceCell } from './service-cell.tsx'

export const groups = ['all', 'active', 'completed', 'partial', 'canceled'] as const
export type Group = (typeof groups)[number]

const names: readonly (readonly [Group, string])[] = [
  ['all', 'All'],
  ['active', 'Active'],
  ['completed', 'Completed'],
  ['partial', 'Partial'],
  ['canceled', 'Canceled'],
]

const youngMilliseconds = 5 * 60_000

/** While something is under way the list is asked for again: often while an order is young, seldom after. */
function pace(rows: readonly Parameters<typeof isActive>[0][] | undefined): number | false {
  const active = (rows ?? []).filter(isActive) as readonly { readonly acceptedAt?: string }[]
  if (active.length === 0) return false
  return active.some(({ acceptedAt = '' }) => Date.now() - Date.parse(acceptedAt) < youngMilliseconds) ? 3_000 : 20_000
}

/** Where one's orders are. The opened one is in the address, so it can be linked to. */
export function OrdersPage({ group, opened }: { readonly group: Group; readonly opened: string | undefined }) {
  const { data: catalogue } = useCatalogue()
  const services = useServiceNames()
  const navigate = useNavigate()
  const orders = usePages('GET /api/orders', group === 'all' ? {} : { query: { group } }, { every: pace })
  const currency = catalogue?.currency ?? ''
  const search = group === 'all' ? {} : { group }
  useTitle('Orders', catalogue?.panelName)
  const { rows, failure } = orders

  return (
    <>
      <div className="page-head">
        <h1>Orders</h1>
        <FindByNumber />
      </div>
      <section className="card" aria-label="Orders">
        <div className="orders-tabs">
          <Tabs
            label="Which orders"
            names={names}
            chosen={group}
            choose={(name) => void navigate({ to: '/orders', search: name === 'all' ? {} : { group: name } })}
          />
        </div>
        {failure && (
          <div className="card-body">
            <FailureNotice failure={failure} title="Your orders could not be read" retry={orders.retry}>
              Orders and money are as they were.
            </FailureNotice>
          </div>
        )}
        {!rows && !failure && <Bones rows={8} height={61} />}
        {rows &&
          rows.length === 0 &&
          !orders.more &&
          (group === 'all' ? <NoOrders /> : <NoneInGroup show={() => void navigate({ to: '/orders', search: {} })} />)}
        {rows && rows.length > 0 && (
          <div className={orders.isOther ? 'stale' : undefined} aria-busy={orders.isOther}>
            <OrdersTable
              orders={rows}
              currency={currency}
              opens="/orders/$orderId"
              search={search}
              opened={Number(opened)}
              service={(order) => <ServiceCell serviceId={order.serviceId} service={services.get(order.serviceId)} />}
            />
          </div>
        )}
        <MoreButton more={orders.more} busy={orders.isGettingMore} />
      </section>
      <OrderSheet
        orderId={opened}
        currency={currency}
        services={services}
        close={() => void navigate({ to: '/orders', search, resetScroll: false })}
      />
    </>
  )
}

function FindByNumber() {
  const navigate = useNavigate()
  const [number, setNumber] = useState('')
  const find = (event: FormEvent): void => {
    event.preventDefault()
    if (number !== '') void navigate({ to: '/orders/$orderId', params: { orderId: number } })
  }
  return (
    <search className="find-by-number push">
      <form onSubmit={find}>
        <TextInput
          aria-label="Find an order by its number"
          placeholder="Order number"
          inputMode="numeric"
          autoComplete="off"
          leftSection={<IconSearch size={16} stroke={1.8} aria-hidden />}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value.replace(/\D/g, '').slice(0, 10))}
        />
      </form>
    </search>
  )
}

function NoOrders() {
  const navigate = useNavigate()
  return (
    <Nothing
      icon={IconReceipt2}
      title="No orders yet"
      action={<Button onClick={() => void navigate({ to: '/new' })}>New order</Button>}
    >
      Each order is listed here with its number, how far it is, what it cost and what came back.
    </Nothing>
  )
}

function NoneInGroup({ show }: { readonly show: () => void }) {
  return (
    <Nothing
      icon={IconFilterOff}
      title="None of these"
      action={
        <Button variant="default" onClick={show}>
          Show all orders
        </Button>
      }
    >
      No order of yours is in this state.
    </Nothing>
  )
}
