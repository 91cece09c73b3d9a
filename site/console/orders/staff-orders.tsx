import type { ReactNode } from 'react'
import type { Answer } from '../../api.ts'
import type { Failure } from '../../failure.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { OrdersTable } from '../../shared/orders-table.tsx'
import { useCurrency } from '../currency.ts'
import { BoughtCell } from './bought-cell.tsx'
import { useProviders } from './use-providers.ts'

type StaffOrder = Answer<'GET /api/admin/orders'>['rows'][number]

interface StaffOrdersProps {
  readonly list: {
    readonly rows: readonly StaffOrder[] | undefined
    readonly isOther: boolean
    readonly failure: Failure | undefined
    readonly retry: () => void
    readonly more: (() => void) | undefined
    readonly isGettingMore: boolean
  }
  /** The route that opens an order, with `$orderId` in it. */
  readonly opens: string
  readonly search?: Readonly<Record<string, unknown>>
  readonly opened?: string | undefined
  /** What is said in place of an empty list. */
  readonly none: ReactNode
}

/** A list of orders as staff see them, in each of its conditions. */
export function StaffOrders({ list, opens, search = {}, opened, none }: StaffOrdersProps) {
  const { nameOf } = useProviders()
  const currency = useCurrency()
  const { rows, failure } = list
  return (
    <>
      {failure && (
        <div className="card-body">
          <FailureNotice failure={failure} title="The orders could not be read" retry={list.retry} />
        </div>
      )}
      {!rows && !failure && <Bones rows={6} height={61} />}
      {rows && rows.length === 0 && none}
      {rows && rows.length > 0 && (
        <div className={list.isOther ? 'stale' : undefined} aria-busy={list.isOther}>
          <OrdersTable
            orders={rows}
            currency={currency}
            opens={opens}
            search={search}
            opened={Number(opened)}
            service={(order) => <BoughtCell order={order} provider={nameOf(order.providerId)} />}
          />
        </div>
      )}
      <MoreButton more={list.more} busy={list.isGettingMore} />
    </>
  )
}
