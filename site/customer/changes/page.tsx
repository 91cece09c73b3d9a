import '../../shared/table.css'
import './page.css'
import { Button } from '@mantine/core'
import { IconFilterOff, IconHistory } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { Amount } from '../../shared/amount.tsx'
import { decimalsOf } from '../../shared/amounts.ts'
import { usePages } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { MoreButton } from '../../shared/more-button.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Tabs } from '../../shared/tabs.tsx'
import { useTitle } from '../../shared/title.ts'
import { type Service, useCatalogue, useServiceNames } from '../catalogue.ts'
import { CustomerFrame } from '../frame/customer-frame.tsx'
import { PublicFrame } from '../frame/public-frame.tsx'
import { useWasHere } from '../session.ts'
import { changeWords, shareOf } from './change-words.ts'
import { type Change, type ChangeKind, changeKinds } from './kinds.ts'

interface ChangesPageProps {
  readonly kind: ChangeKind | undefined
}

/** What became of services, for anybody. */
export function ChangesPage({ kind }: ChangesPageProps) {
  const Around = useWasHere() ? CustomerFrame : PublicFrame
  return (
    <Around>
      <Changes kind={kind} />
    </Around>
  )
}

const names: readonly (readonly [ChangeKind | 'all', string])[] = [
  ['all', 'All'],
  ...changeKinds.map((kind) => [kind, changeWords[kind].tab] as const),
]

function Changes({ kind }: ChangesPageProps) {
  const { data: catalogue } = useCatalogue()
  const services = useServiceNames()
  const navigate = useNavigate()
  const changes = usePages('GET /api/catalogue/changes', kind ? { query: { kind } } : {}, { every: () => 60_000 })
  const { rows, failure } = changes
  useTitle('Changes', catalogue?.panelName)
  return (
    <>
      <div className="page-head">
        <h1>Changes</h1>
        <p className="soft">Every price that moved, every service that came or went, whoever moved it.</p>
        <a href="/api/catalogue/changes.json" className="push small">
          As a feed
        </a>
      </div>
      <section className="card" aria-label="Changes">
        <div className="changes-tabs">
          <Tabs
            label="Which changes"
            names={names}
            chosen={kind ?? 'all'}
            choose={(name) => void navigate({ to: '/changes', search: name === 'all' ? {} : { kind: name } })}
          />
        </div>
        {failure && (
          <div className="card-body">
            <FailureNotice failure={failure} title="The changes could not be read" retry={changes.retry} />
          </div>
        )}
        {!rows && !failure && <Bones rows={8} height={57} />}
        {rows?.length === 0 && (kind ? <NoneOfKind /> : <NoChanges />)}
        {rows && rows.length > 0 && (
          <div className={changes.isOther ? 'stale' : undefined} aria-busy={changes.isOther}>
            <ChangeTable changes={rows} currency={catalogue?.currency ?? ''} services={services} />
          </div>
        )}
        <MoreButton more={changes.more} busy={changes.isGettingMore} />
      </section>
    </>
  )
}

function NoChanges() {
  return (
    <Nothing icon={IconHistory} title="Nothing has changed yet">
      When a price moves, or a service comes or goes, it is told here with the price before and after.
    </Nothing>
  )
}

function NoneOfKind() {
  const navigate = useNavigate()
  return (
    <Nothing
      icon={IconFilterOff}
      title="No changes of this kind"
      action={
        <Button variant="default" onClick={() => void navigate({ to: '/changes', search: {} })}>
          Show all changes
        </Button>
      }
    />
  )
}

interface ChangeTableProps {
  readonly changes: readonly Change[]
  readonly currency: string
  readonly services: ReadonlyMap<number, Service>
}

function ChangeTable({ changes, currency, services }: ChangeTableProps) {
  const decimals = decimalsOf(changes.flatMap(({ before, after }) => [before ?? [], after ?? []].flat()))
  return (
    <table className="table changes">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">What</th>
          <th scope="col">Service</th>
          <th scope="col" className="figure">
            Before, {currency}
          </th>
          <th scope="col" className="figure">
            After, {currency}
          </th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <ChangeRow key={change.changeId} change={change} decimals={decimals} sold={services.has(change.serviceId)} />
        ))}
      </tbody>
    </table>
  )
}

function ChangeRow({ change, decimals, sold }: { readonly change: Change; readonly decimals: number; readonly sold: boolean }) {
  const { at, kind, serviceId, name, before, after, charged } = change
  const { word, icon: Icon, tone } = changeWords[kind]
  return (
    <tr>
      <td className="change change-when faint">
        <Moment at={at} alone start />
      </td>
      <td className="change change-what">
        <span className="change-kind" data-tone={tone}>
          <Icon size={16} stroke={1.8} aria-hidden />
          <span className="tabular">
            {word}
            {before !== undefined && after !== undefined && ` ${shareOf(before, after)}`}
          </span>
        </span>
      </td>
      <td className="change change-service">
        {sold ? (
          <Link to="/services" search={{ q: String(serviceId) }}>
            {name}
          </Link>
        ) : (
          name
        )}
        <span className="faint tiny tabular change-number">
          #{serviceId}
          {charged === 'one package' && ' · price of one package'}
        </span>
      </td>
      <td className="change change-before figure">
        {before === undefined ? <Dash /> : <Amount of={before} decimals={decimals} alone />}
      </td>
      <td className="change change-after figure">
        {after === undefined ? <Dash /> : <Amount of={after} decimals={decimals} alone />}
      </td>
    </tr>
  )
}

const Dash = () => (
  <span className="faint change-none">
    <span aria-hidden>–</span>
    <span className="unseen">not on sale</span>
  </span>
)
