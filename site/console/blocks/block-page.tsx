import '../../shared/tickets/tickets.css'
import { Button } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Notice } from '../../shared/notice.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { StateBadge } from '../../shared/state-badge.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { useSupporters } from '../tickets/use-supporters.ts'

/** A blocked target: why, what is still under way for it, and the way back. */
export function BlockPage({ blockId }: { readonly blockId: string }) {
  const path = { blockId }
  const under = useAnswer(
    'GET /api/admin/blocked-targets/{blockId}/orders',
    { path },
    { staleMilliseconds: Number.POSITIVE_INFINITY },
  )
  const may = useMay()
  const navigate = useNavigate()
  const { nameOf } = useSupporters()
  const [lifting, setLifting] = useState(false)
  const lift = useChange('DELETE /api/admin/blocked-targets/{blockId}', () => void navigate({ to: '/blocked' }))
  const { data, error } = under
  useTitle('Blocked target', 'Console')
  if (error && !data)
    return <FailureNotice failure={error} title="This block could not be read" retry={() => void under.refetch()} />
  if (!data)
    return (
      <div className="card">
        <Bones rows={4} />
      </div>
    )
  const { block, rows, complete } = data
  return (
    <>
      <p className="ticket-back">
        <Link to="/blocked">All blocked targets</Link>
      </p>
      <div className="page-head">
        <h1 className="ticket-title">{block.target}</h1>
        {may('admin.unblock-target') && (
          <Button variant="default" className="push" onClick={() => setLifting(true)}>
            Unblock
          </Button>
        )}
      </div>
      <div className="stack">
        <section className="card card-body" aria-label="Why">
          <Facts
            rows={[
              ['Blocked', <Moment key="at" at={block.at} alone start />],
              ['By', nameOf(block.by)],
              ['Because', block.memo],
              ...(block.inquiryId
                ? [
                    [
                      'Report',
                      <Link key="report" to="/inquiries/$inquiryId" params={{ inquiryId: block.inquiryId }}>
                        Open it
                      </Link>,
                    ] as const,
                  ]
                : []),
            ]}
          />
        </section>
        {!complete && (
          <Notice tone="warn" title="Not all open orders were looked at">
            More orders are under way than one look reaches. Those that are to be sent are held back all the same; look for others
            by their links under Orders.
          </Notice>
        )}
        <section className="card" aria-label="Under way">
          <div className="card-head">
            <h2>Still under way</h2>
          </div>
          {rows.length === 0 ? (
            <Nothing icon={IconChecks} title="Nothing is under way for it" />
          ) : (
            <ul className="ticket-list">
              {rows.map((order) => (
                <UnderWay key={order.orderId} order={order} changed={() => void under.refetch()} />
              ))}
            </ul>
          )}
        </section>
      </div>
      <MemoDialog
        opened={lifting}
        title="Take orders for it again?"
        verb="Unblock"
        busy={lift.isPending}
        failure={lift.error ?? undefined}
        close={() => setLifting(false)}
        go={(memo) => lift.mutate({ path, body: { memo } })}
      >
        Whoever reported it is not told by this. What was called off stays so.
      </MemoDialog>
    </>
  )
}

interface UnderWayProps {
  readonly order: {
    readonly orderId: number
    readonly state: Parameters<typeof StateBadge>[0]['state']
    readonly link?: string | undefined
  }
  readonly changed: () => void
}

function UnderWay({ order: { orderId, state, link }, changed }: UnderWayProps) {
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const [told, setTold] = useState<string>()
  const cancel = useChange('POST /api/admin/orders/{orderId}/cancel', ({ outcome }) => {
    setAsking(false)
    setTold(outcome === 'withdrawn' ? 'Called off and paid back' : 'Its provider is asked to stop it')
    changed()
  })
  return (
    <li className="ticket-row">
      <span className="ticket-subject">
        <Link to="/orders/$orderId" params={{ orderId: String(orderId) }}>
          Order {orderId}
        </Link>
      </span>
      <span className="ticket-side">
        <StateBadge state={state} />
        {told ? (
          <span className="soft small" role="status">
            {told}
          </span>
        ) : (
          may('admin.request-cancel') && (
            <Button size="xs" variant="default" onClick={() => setAsking(true)}>
              Stop it
            </Button>
          )
        )}
      </span>
      <span className="ticket-facts">{link}</span>
      <MemoDialog
        opened={asking}
        title={`Stop order ${orderId}?`}
        verb="Stop it"
        grave
        busy={cancel.isPending}
        failure={cancel.error ?? undefined}
        close={() => setAsking(false)}
        go={(memo) => cancel.mutate({ path: { orderId }, body: { memo } })}
      >
        What was not sent is paid back at once. Otherwise its provider is asked, and money comes back by what the provider reports.
      </MemoDialog>
    </li>
  )
}
