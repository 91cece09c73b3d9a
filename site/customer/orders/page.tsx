import './page.css'
import { Button, TextInput } from '@mantine/core'
import { IconFilterOff, IconReceipt2, IconSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { saveCsv } from '../../shared/csv.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { isActive } from '../../shared/order-words.ts'
import { OrdersTable } from '../../shared/orders-table.tsx'
import { Tabs } from '../../shared/tabs.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue, useServiceNames } from '../catalogue.ts'
import { ManyBar } from './many/many-bar.tsx'
import { ManyDialog } from './many/many-dialog.tsx'
import { ordersLine, ordersStart } from './many/orders-csv.ts'
import { SaveOrders } from './many/save-orders.tsx'
import type { Wish } from './many/verdicts.ts'
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
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [asked, setAsked] = useState<{ readonly wish: Wish; readonly orders: readonly number[] }>()
  const mark = (numbers: readonly number[], on: boolean): void => {
    const next = new Set(chosen)
    for (const number of numbers) on ? next.add(number) : next.delete(number)
    setChosen(next)
  }
  // What is no longer in the list is not chosen any more: nobody sees that it is.
  const chosenRows = (rows ?? []).filter(({ orderId }) => chosen.has(orderId))
  const again = (): void => {
    const [order] = chosenRows
    if (order) void navigate({ to: '/new', search: { service: order.serviceId, again: order.orderId } })
  }
  const save = (): void =>
    saveCsv('orders.csv', [
      ordersStart,
      ...chosenRows.map((order) => ordersLine(order, services.get(order.serviceId)?.name, currency)),
    ])

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
            choose={(name) => {
              setChosen(new Set())
              void navigate({ to: '/orders', search: name === 'all' ? {} : { group: name } })
            }}
          />
          {rows && rows.length > 0 && <SaveOrders key={group} group={group} services={services} currency={currency} />}
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
              marks={{ chosen, mark }}
              service={(order) => <ServiceCell serviceId={order.serviceId} service={services.get(order.serviceId)} />}
            />
          </div>
        )}
        <MoreButton more={orders.more} busy={orders.isGettingMore} />
      </section>
      {chosenRows.length > 0 && (
        <ManyBar
          chosen={chosenRows.length}
          loaded={rows?.length ?? 0}
          chooseAll={() =>
            mark(
              (rows ?? []).map(({ orderId }) => orderId),
              true,
            )
          }
          clear={() => setChosen(new Set())}
          ask={(wish) => setAsked({ wish, orders: chosenRows.map(({ orderId }) => orderId) })}
          again={again}
          save={save}
        />
      )}
      {asked && (
        <ManyDialog
          {...asked}
          currency={currency}
          close={(done) => {
            setAsked(undefined)
            mark(done, false)
          }}
        />
      )}
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
