import './page.css'
import { IconFileText, IconReceipt2 } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { keyOf, useAnswer, usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Statement } from '../../shared/statement.tsx'
import { Tabs } from '../../shared/tabs.tsx'
import { useTitle } from '../../shared/title.ts'
import { useCurrency } from '../currency.ts'
import { useMay } from '../me.ts'
import { StaffOrders } from '../orders/staff-orders.tsx'
import { TheirData } from '../privacy/their-data.tsx'
import { AccountCard } from './account-card.tsx'
import { AdjustWallet } from './adjust-wallet.tsx'
import { CustomerDisclosures } from './disclosures.tsx'
import { CustomerKeys } from './keys.tsx'
import { CustomerNotes } from './notes.tsx'
import { CustomerSessions } from './sessions.tsx'
import { CustomerSignIns } from './sign-ins.tsx'
import { CustomerTickets } from './tickets.tsx'
import { type View, views, viewWords } from './views.ts'
import { WalletCard } from './wallet-card.tsx'

const showPersonal = [
  'GET /api/admin/customers/{customerId}',
  'GET /api/admin/customers/{customerId}/entries',
  'GET /api/admin/customers/{customerId}/sessions',
  'GET /api/admin/customers/{customerId}/sign-ins',
  'GET /api/admin/customers/{customerId}/keys',
] as const

/** When the look is over it is asked again, and the veil is back. */
const untilVeiled = (until: string | undefined): number | false =>
  until === undefined ? false : Math.max(1_000, Date.parse(until) - Date.now() + 500)

/** One customer: who, what they have, where it came from. */
export function CustomerPage({ customerId, view }: { readonly customerId: string; readonly view: View }) {
  const answers = useQueryClient()
  const navigate = useNavigate()
  const may = useMay()
  // Every look is recorded: it is not asked for again just because a window came to the front.
  const customer = useAnswer(
    'GET /api/admin/customers/{customerId}',
    { path: { customerId } },
    { staleMilliseconds: Number.POSITIVE_INFINITY, every: (known) => untilVeiled(known?.shownUntil) },
  )
  const { data, error } = customer
  useTitle('Customer', 'Console')
  if (error && !data)
    return <FailureNotice failure={error} title="This customer could not be read" retry={() => void customer.refetch()} />
  if (!data)
    return (
      <div className="card">
        <Bones rows={6} />
      </div>
    )
  const changed = (): void => {
    for (const route of showPersonal) void answers.invalidateQueries({ queryKey: keyOf(route).slice(0, 1) })
  }
  return (
    <>
      <div className="page-head">
        <h1>{data.fullName}</h1>
      </div>
      <div className="customer-top">
        <AccountCard customer={data} changed={changed} />
        <WalletCard wallet={data.wallet} />
        {may('admin.adjust-wallet') && <AdjustWallet customerId={customerId} wallet={data.wallet} changed={changed} />}
      </div>
      <section className="card" aria-label="Records">
        <div className="customer-tabs">
          <Tabs
            label="Which records"
            names={views
              .filter((name) => name !== 'disclosures' || may('admin.list-disclosures'))
              .map((name) => [name, viewWords[name]])}
            chosen={view}
            choose={(name) =>
              void navigate({
                to: '/customers/$customerId',
                params: { customerId },
                search: name === 'statement' ? {} : { view: name },
                resetScroll: false,
              })
            }
          />
        </div>
        <Records customerId={customerId} view={view} />
      </section>
    </>
  )
}

function Records({ customerId, view }: { readonly customerId: string; readonly view: View }) {
  switch (view) {
    case 'statement':
      return <CustomerStatement customerId={customerId} />
    case 'orders':
      return <CustomerOrders customerId={customerId} />
    case 'tickets':
      return <CustomerTickets customerId={customerId} />
    case 'sessions':
      return <CustomerSessions customerId={customerId} />
    case 'sign-ins':
      return <CustomerSignIns customerId={customerId} />
    case 'keys':
      return <CustomerKeys customerId={customerId} />
    case 'notes':
      return <CustomerNotes customerId={customerId} />
    case 'data':
      return (
        <div className="card-body stack customer-data">
          <TheirData customerId={customerId} />
        </div>
      )
    case 'disclosures':
      return <CustomerDisclosures customerId={customerId} />
  }
}

function CustomerStatement({ customerId }: { readonly customerId: string }) {
  const { rows, failure, retry, more, isGettingMore } = usePages('GET /api/admin/customers/{customerId}/entries', {
    path: { customerId },
  })
  const currency = useCurrency()
  return (
    <>
      {failure && (
        <div className="card-body">
          <FailureNotice failure={failure} title="The statement could not be read" retry={retry} />
        </div>
      )}
      {!rows && !failure && <Bones rows={5} height={48} />}
      {rows?.length === 0 && <Nothing icon={IconFileText} title="No movements yet" />}
      {rows && rows.length > 0 && <Statement entries={rows} currency={currency} opens="/orders/$orderId" />}
      <MoreButton more={more} busy={isGettingMore} />
    </>
  )
}

function CustomerOrders({ customerId }: { readonly customerId: string }) {
  const list = usePages('GET /api/admin/customers/{customerId}/orders', { path: { customerId } })
  return (
    <>
      <p className="soft customer-lead">
        <Link to="/orders" search={{ customer: customerId }}>
          By status, day and provider
        </Link>
      </p>
      <StaffOrders list={list} opens="/orders/$orderId" none={<Nothing icon={IconReceipt2} title="No orders yet" />} />
    </>
  )
}
