import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { OrderReason } from '../../../core/orders/order.ts'
import type { Answer } from '../../api.ts'
import { Amount } from '../../shared/amount.tsx'
import { count } from '../../shared/amounts.ts'
import { useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { CopyButton } from '../../shared/copy-button.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { Delivery, Facts } from '../../shared/order-facts.tsx'
import { isActive } from '../../shared/order-words.ts'
import { runFacts } from '../../shared/run-facts.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import { StateBadge } from '../../shared/state-badge.tsx'
import { TargetLink } from '../../shared/target-link.tsx'
import { useCurrency } from '../currency.ts'
import { WorkOrder } from '../manual/work-order.tsx'
import { useMay } from '../me.ts'
import { Evidence } from './evidence.tsx'
import { OrderHistory } from './order-history.tsx'
import { OrderRequests } from './order-requests.tsx'
import { StaffOrderRuns } from './order-runs.tsx'
import { reasonWords } from './reasons.ts'
import { SettleOrder } from './settle-order.tsx'
import { useProviders } from './use-providers.ts'

/** One order with what only staff see: the customer, the provider, its number there, and why it stands still. */
export function StaffOrderSheet({ orderId, close }: { readonly orderId: string | undefined; readonly close: () => void }) {
  const {
    data: order,
    error,
    refetch,
  } = useAnswer(
    'GET /api/admin/orders/{orderId}',
    { path: { orderId: orderId ?? '' } },
    { enabled: orderId !== undefined, every: (known) => (known && isActive(known) ? 20_000 : false) },
  )
  return (
    <Sheet opened={orderId !== undefined} onClose={close} title={<span className="tabular">Order {orderId}</span>}>
      {error && !order && <FailureNotice failure={error} title="This order could not be read" retry={() => void refetch()} />}
      {!order && !error && <Bones rows={6} height={44} />}
      {order && <Details order={order} />}
    </Sheet>
  )
}

function Details({ order }: { readonly order: Answer<'GET /api/admin/orders/{orderId}'> }) {
  const answers = useQueryClient()
  const [told, setTold] = useState<string>()
  const settled = (words: string): void => {
    setTold(words)
    void answers.invalidateQueries()
  }
  const may = useMay()
  const currency = useCurrency()
  const { nameOf } = useProviders()
  const customer: ReactNode = may('admin.read-customer') ? (
    <Link to="/customers/$customerId" params={{ customerId: order.customerId }}>
      {order.customerId.slice(0, 8)}…
    </Link>
  ) : (
    `${order.customerId.slice(0, 8)}…`
  )
  const there: ReactNode = order.providerOrderId ? (
    <span className="row tabular">
      {order.providerOrderId} <CopyButton text={order.providerOrderId} label="Copy the provider’s number" />
    </span>
  ) : (
    <span className="faint">None heard</span>
  )
  return (
    <div className="stack">
      {told && <Notice tone="good" title={told} />}
      <StateBadge state={order.state} />
      <Delivery order={order} />
      {order.reason && (
        <Notice tone="warn" title={reasonWords[order.reason]} live={false}>
          <code>{order.reason}</code>
        </Notice>
      )}
      {/* What somebody has to decide on comes first. */}
      <Evidence order={order} />
      <SettleOrder order={order} settled={settled} />
      <WorkOrder order={order} settled={settled} />
      <Facts
        rows={[
          ['Customer', customer],
          ['Service', `${order.serviceId}, ${order.type}`],
          [
            'Link',
            order.link ? (
              <span key="link" className="stack-tight">
                <TargetLink href={order.link} />
                <Link to="/orders" search={{ find: order.link }} className="small">
                  All orders for it
                </Link>
              </span>
            ) : (
              '–'
            ),
          ],
          [
            'Quantity',
            <span key="quantity" className="tabular">
              {count(order.quantity)}
            </span>,
          ],
          ...runFacts(order),
          ['Charge', <Amount key="charge" of={order.charge} currency={currency} alone />],
          ['Refunded', <Amount key="refunded" of={order.refunded} currency={currency} alone />],
          ['Provider', nameOf(order.providerId) ?? order.providerId],
          ...(order.providerId === 'manual'
            ? []
            : [
                [
                  'Its service',
                  <span key="there" className="tabular">
                    {order.providerServiceId}
                  </span>,
                ] as const,
                ['Its number', there] as const,
              ]),
        ]}
      />
      <Tried order={order} />
      {order.feed && <StaffOrderRuns order={order} feed={order.feed} />}
      {order.comments && (
        <div>
          <h3 className="order-sheet-heading">Comments</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must get there */}
          <pre className="comments-box" tabIndex={0}>
            {order.comments}
          </pre>
        </div>
      )}
      <OrderRequests order={order} />
      <div>
        <h3 className="order-sheet-heading">What happened</h3>
        <OrderHistory order={order} />
      </div>
    </div>
  )
}

/** Who did not take it before it came to where it is. */
function Tried({ order: { tried } }: { readonly order: Answer<'GET /api/admin/orders/{orderId}'> }) {
  const { nameOf } = useProviders()
  if (tried.length === 0) return null
  return (
    <section aria-label="Tried before">
      <h3 className="order-sheet-heading">Tried before</h3>
      <ol className="evidence">
        {tried.map(({ providerId, providerServiceId, at, reason, said }) => (
          <li key={`${providerId} ${providerServiceId}`}>
            <p className="evidence-head">
              <span>
                {nameOf(providerId) ?? providerId} <span className="faint tabular">{providerServiceId}</span>
              </span>
              <Moment at={at} alone />
            </p>
            <p className="soft">{triedWords[reason] ?? reasonWords[reason]}</p>
            {said && <blockquote className="provider-words">{said}</blockquote>}
          </li>
        ))}
      </ol>
    </section>
  )
}

const triedWords: Partial<Record<OrderReason, string>> = {
  'provider-refused': 'It refused the order.',
  'provider-paused': 'It was paused; nothing was sent.',
  'provider-failing': 'It was failing; nothing was sent.',
}
