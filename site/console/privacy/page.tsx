import '../../shared/state-badge.css'
import '../../shared/table.css'
import './page.css'
import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'
import { LegalHold } from './legal-hold.tsx'
import { LetErase } from './let-erase.tsx'

type Requests = Answer<'GET /api/admin/privacy-requests'>
type Row = Requests['rows'][number]

/** What customers asked about their own data, by when it is due; what is late first to be seen. */
export function PrivacyPage() {
  const answers = useQueryClient()
  const requests = useAnswer('GET /api/admin/privacy-requests', {})
  const [erasing, setErasing] = useState<string>()
  const [holding, setHolding] = useState<{ readonly customerId: string; readonly on: boolean }>()
  const { data, error } = requests
  useTitle('Privacy requests', 'Console')
  const changed = (): void => {
    for (const route of ['GET /api/admin/privacy-requests', 'GET /api/admin/ticket-counts'] as const)
      void answers.invalidateQueries({ queryKey: keyOf(route).slice(0, 1) })
  }
  return (
    <div className="stack">
      <div className="page-head">
        <h1>Privacy requests</h1>
      </div>
      {error && !data && (
        <FailureNotice failure={error} title="The requests could not be read" retry={() => void requests.refetch()} />
      )}
      {!data && !error && (
        <div className="card">
          <Bones rows={6} />
        </div>
      )}
      {data && (
        <>
          <section className="card" aria-label="Requests">
            {data.rows.length === 0 ? (
              <Nothing icon={IconShieldCheck} title="Nobody asks for anything">
                Here appear archives that customers asked for, accounts they closed, and privacy tickets, each with its date.
              </Nothing>
            ) : (
              <RequestTable rows={data.rows} hold={setHolding} letErase={setErasing} />
            )}
          </section>
          <section className="card" aria-label="Legal holds">
            <div className="card-head">
              <h2>Legal holds</h2>
            </div>
            {data.holds.length === 0 ? (
              <p className="soft card-body">None. A hold is set on a customer’s closure above, or in their account.</p>
            ) : (
              <HoldTable holds={data.holds} hold={setHolding} />
            )}
          </section>
          <p className="faint small">
            Archives and erasures are made by the panel itself; a ticket is answered by you. What is late rings the alarm. Looking
            here is on record.
          </p>
        </>
      )}
      {holding && <LegalHold {...holding} close={() => setHolding(undefined)} changed={changed} />}
      {erasing && <LetErase customerId={erasing} close={() => setErasing(undefined)} changed={changed} />}
    </div>
  )
}

const kinds: Readonly<Record<Row['kind'], string>> = {
  archive: 'Archive of their data',
  closure: 'Closure, then erasure',
  ticket: 'Privacy ticket',
}
const standings: Readonly<Record<string, string>> = {
  waiting: 'being made',
  ready: 'ready, can be fetched',
  grace: 'can still be kept',
  'open-orders': 'waits: an order is open',
  'money-held': 'waits: money is held',
  debt: 'waits: there is a debt',
  'credit-waiting': 'waits: a credit is undecided',
  staff: 'waits: you decide whether it may be erased',
  'balance-changed': 'waits: the balance is more than was given up',
}

interface TableProps {
  readonly rows: readonly Row[]
  readonly letErase: (customerId: string) => void
  readonly hold: (wish: { readonly customerId: string; readonly on: boolean }) => void
}

function RequestTable({ rows, hold, letErase }: TableProps) {
  const may = useMay()
  return (
    <div className="table-scroll">
      <table className="table request-table">
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Customer</th>
            <th scope="col">Asked</th>
            <th scope="col">Due</th>
            <th scope="col">Standing</th>
            <th scope="col" aria-label="Decide" />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.kind} ${row.customerId} ${row.askedAt}`}>
              <td>{kinds[row.kind]}</td>
              <td data-label="Customer">
                <Link to="/customers/$customerId" params={{ customerId: row.customerId }}>
                  {row.customerId.slice(0, 8)}
                </Link>
              </td>
              <td data-label="Asked">
                <Moment at={row.askedAt} alone start />
              </td>
              <td data-label="Due">
                <Moment at={row.dueAt} alone />
              </td>
              <td data-label="Standing">
                <span className="state" data-tone={row.isLate ? 'bad' : row.isDone ? 'good' : 'plain'}>
                  {row.isLate && 'Late: '}
                  {row.isHeld ? 'legal hold' : (standings[row.standing] ?? row.standing)}
                </span>
                {row.awaitsStaff && <div className="faint small">closed while suspended: may it be erased?</div>}
              </td>
              <td>
                <div className="row request-actions">
                  {row.awaitsStaff && may('admin.let-erase') && (
                    <Button size="xs" variant="default" onClick={() => letErase(row.customerId)}>
                      Let it be erased
                    </Button>
                  )}
                  {row.kind === 'closure' && may('admin.set-legal-hold') && (
                    <Button size="xs" variant="default" onClick={() => hold({ customerId: row.customerId, on: !row.isHeld })}>
                      {row.isHeld ? 'Lift the hold' : 'Hold'}
                    </Button>
                  )}
                  {row.ticketId !== undefined && (
                    <Link
                      to="/tickets/$customerId/$ticketId"
                      params={{ customerId: row.customerId, ticketId: String(row.ticketId) }}
                    >
                      Open
                    </Link>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function HoldTable({ holds, hold }: { readonly holds: Requests['holds']; readonly hold: TableProps['hold'] }) {
  const may = useMay()
  return (
    <div className="table-scroll">
      <table className="table request-table">
        <thead>
          <tr>
            <th scope="col">Customer</th>
            <th scope="col">Since</th>
            <th scope="col">Why</th>
            <th scope="col" aria-label="Decide" />
          </tr>
        </thead>
        <tbody>
          {holds.map(({ customerId, at, by, memo }) => (
            <tr key={customerId}>
              <td>{customerId.slice(0, 8)}</td>
              <td data-label="Since">
                <Moment at={at} alone start />
              </td>
              <td data-label="Why">
                “{memo}” <span className="faint">by {by.slice(0, 8)}</span>
              </td>
              <td>
                {may('admin.set-legal-hold') && (
                  <Button size="xs" variant="default" onClick={() => hold({ customerId, on: false })}>
                    Lift
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
