import { IconReceiptOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useAnswer, usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { OrdersTable } from '../../shared/orders-table.tsx'
import { useCurrency } from '../currency.ts'
import { BoughtCell } from './bought-cell.tsx'
import { StaffOrders } from './staff-orders.tsx'
import { useProviders } from './use-providers.ts'
import { meantBy, type OrderWish } from './wish.ts'

interface FoundProps {
  readonly find: string
  readonly opened: string | undefined
}

const tableProps = (find: string, opened: string | undefined) => {
  const search: OrderWish = { find }
  return { opens: '/orders/$orderId', search: { ...search }, opened }
}

/** Every look is recorded: it is not made again because a window came to the front. */
const once = { staleMilliseconds: Number.POSITIVE_INFINITY }

/** What a search found: by our number and a provider's, by a provider's number, or by the link. */
export function FoundOrders({ find, opened }: FoundProps) {
  const meant = meantBy(find)
  switch (meant.kind) {
    case 'number':
      return (
        <div className="stack">
          <Numbered number={meant.number} find={find} opened={opened} />
          <AtProviders number={meant.number} find={find} opened={opened} />
        </div>
      )
    case 'provider number':
      return <AtProviders number={meant.number} find={find} opened={opened} />
    case 'link':
      return <ForLink link={meant.link} find={find} opened={opened} />
  }
}

function Numbered({ number, find, opened }: FoundProps & { readonly number: string }) {
  const { data: order, error, refetch } = useAnswer('GET /api/admin/orders/{orderId}', { path: { orderId: number } }, once)
  const currency = useCurrency()
  const { byId } = useProviders()
  const isNone = error?.code === 'order-not-found'
  return (
    <section className="card" aria-label="By our number">
      <div className="card-head">
        <h2>Order {number}</h2>
      </div>
      {error && !isNone && (
        <div className="card-body">
          <FailureNotice failure={error} title="The order could not be read" retry={() => void refetch()} />
        </div>
      )}
      {isNone && <p className="card-body soft">No order of ours has this number.</p>}
      {!order && !error && <Bones rows={1} height={61} />}
      {order && (
        <OrdersTable
          {...tableProps(find, opened)}
          opened={Number(opened)}
          orders={[order]}
          currency={currency}
          service={() => <BoughtCell order={order} provider={byId.get(order.providerId)?.name} />}
        />
      )}
    </section>
  )
}

function AtProviders({ number, find, opened }: FoundProps & { readonly number: string }) {
  const list = usePages('POST /api/admin/orders/find', { body: { providerOrderId: number } }, once)
  return (
    <section className="card" aria-label="By a provider’s number">
      <div className="card-head">
        <h2>{number} at a provider</h2>
      </div>
      <StaffOrders
        {...tableProps(find, opened)}
        list={list}
        none={
          <Nothing icon={IconReceiptOff} title="No provider gave this number to an order of ours">
            A provider’s number is known from when it took the order.
          </Nothing>
        }
      />
    </section>
  )
}

function ForLink({ link, find, opened }: FoundProps & { readonly link: string }) {
  const list = usePages('POST /api/admin/orders/find', { body: { link } }, once)
  if (list.failure?.code === 'invalid-request')
    return (
      <section className="card" aria-label="By link">
        <Nothing
          icon={IconReceiptOff}
          title="This is neither a number nor a link"
          action={<Link to="/orders">All orders of today</Link>}
        >
          Type an order’s number, its number at the provider, or the whole link it is for.
        </Nothing>
      </section>
    )
  return (
    <section className="card" aria-label="By link">
      <div className="card-head">
        <h2>For this link</h2>
      </div>
      <StaffOrders
        {...tableProps(find, opened)}
        list={list}
        none={
          <Nothing icon={IconReceiptOff} title="No order is for this link">
            However it was spelled: with or without www, a slash at the end, or what was added when it was shared.
          </Nothing>
        }
      />
    </section>
  )
}
