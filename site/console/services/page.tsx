import './page.css'
import { Button, Checkbox } from '@mantine/core'
import { IconListSearch, IconPackages } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useMemo, useState } from 'react'
import { count, decimalsOf } from '../../shared/amounts.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Notice } from '../../shared/notice.tsx'
import { useTitle } from '../../shared/title.ts'
import { Windowed } from '../../shared/windowed.tsx'
import { useCurrency } from '../currency.ts'
import { useMay } from '../me.ts'
import { useProviders } from '../orders/use-providers.ts'
import { AddService } from './add-service.tsx'
import { BulkEdit } from './bulk-edit.tsx'
import { FilterBar } from './filter-bar.tsx'
import { type Filters, filtered, grouped, indexed } from './filters.ts'
import { ServiceLine, ServiceLineHead, useServiceLineHeight } from './service-line.tsx'
import { forgetUnfinished, type PlannedEdit, unfinished } from './use-edit.ts'
import { useCategories, useServices } from './use-services.ts'

/** Everything in the catalogue, sold or not; chosen ones are changed together. */
export function ServicesPage({ filters }: { readonly filters: Filters }) {
  const services = useServices()
  const { categories } = useCategories()
  const { byId } = useProviders()
  const may = useMay()
  const navigate = useNavigate()
  const currency = useCurrency()
  const rowHeight = useServiceLineHeight()
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set())
  const [editing, setEditing] = useState<{ readonly resumed?: PlannedEdit }>()
  const [stopped, setStopped] = useState(unfinished)
  const [adding, setAdding] = useState(false)
  useTitle('Services', 'Console')

  // Typing comes first; the list follows when there is time.
  const wanted = useDeferredValue(filters)
  const index = useMemo(() => indexed(services.data ?? []), [services.data])
  const found = useMemo(() => filtered(index, wanted), [index, wanted])
  const groups = useMemo(() => grouped(found, categories), [found, categories])
  const decimals = useMemo(() => decimalsOf((services.data ?? []).map(({ rate }) => rate)), [services.data])

  const editable = may('admin.edit-services')
  const mark = (numbers: readonly number[], on: boolean): void =>
    setChosen((before) => {
      const after = new Set(before)
      for (const number of numbers) on ? after.add(number) : after.delete(number)
      return after
    })
  const change = (more: Readonly<Record<string, string | undefined>>): void => {
    const search = Object.fromEntries(Object.entries({ ...filters, ...more }).filter(([, value]) => value !== undefined))
    void navigate({ to: '/services', search, replace: true, resetScroll: false })
  }
  const all = found.map(({ serviceId }) => serviceId)
  return (
    <>
      <div className="page-head">
        <h1>Services</h1>
        {services.data && (
          <p className="soft tabular" role="status">
            {count(found.length)} {found.length === services.data.length ? '' : `of ${count(services.data.length)} `}
            {services.data.length === 1 ? 'service' : 'services'}
          </p>
        )}
        <Link to="/services/categories" className="push">
          Categories
        </Link>
        {may('admin.add-service') && (
          <Button {...(chosen.size > 0 ? { variant: 'default' } : {})} onClick={() => setAdding(true)}>
            Add service
          </Button>
        )}
      </div>
      <div className="stack">
        {stopped && editable && (
          <Notice
            tone="warn"
            title={`A change of ${count(stopped.ids.length)} services stopped half way`}
            actions={
              <>
                <Button size="xs" onClick={() => setEditing({ resumed: stopped })}>
                  Look and go on
                </Button>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    forgetUnfinished()
                    setStopped(undefined)
                  }}
                >
                  Forget it
                </Button>
              </>
            }
          >
            What was done stays done, and is not done twice.
          </Notice>
        )}
        <section className="card services-card" aria-label="Services">
          <FilterBar filters={filters} change={change} categories={categories} providers={[...byId.values()]} />
          {services.isPending && <Bones rows={10} height={rowHeight} />}
          {services.error && (
            <div className="card-body">
              <FailureNotice
                failure={services.error}
                title="The services could not be read"
                retry={() => void services.refetch()}
              />
            </div>
          )}
          {services.data?.length === 0 && (
            <Nothing icon={IconPackages} title="No services yet" action={<Link to="/providers">Providers</Link>}>
              Import a provider’s catalogue, or add one service by hand.
            </Nothing>
          )}
          {services.data && services.data.length > 0 && found.length === 0 && (
            <Nothing
              icon={IconListSearch}
              title="No service matches"
              action={
                <Button variant="default" onClick={() => void navigate({ to: '/services', search: {}, replace: true })}>
                  Clear filters
                </Button>
              }
            />
          )}
          {found.length > 0 && (
            <div className="service-lines">
              <ServiceLineHead currency={currency} marked={editable} />
              <Windowed
                groups={groups}
                rowHeight={rowHeight}
                keyOf={({ serviceId }) => serviceId}
                head={({ name, rows }) => <GroupHead name={name} rows={rows} chosen={chosen} mark={editable ? mark : undefined} />}
                row={(service) => (
                  <ServiceLine
                    service={service}
                    provider={byId.get(service.providerId)?.name ?? 'Provider gone'}
                    decimals={decimals}
                    chosen={chosen.has(service.serviceId)}
                    mark={editable ? (number, on) => mark([number], on) : undefined}
                  />
                )}
              />
            </div>
          )}
        </section>
      </div>
      {editable && found.length > 0 && (
        <div className="chosen-bar" data-any={chosen.size > 0}>
          <span className="tabular" role="status">
            {chosen.size === 0 ? 'None chosen' : `${count(chosen.size)} chosen`}
          </span>
          {all.some((number) => !chosen.has(number)) && (
            <Button variant="default" size="xs" onClick={() => mark(all, true)}>
              Choose all {count(all.length)}
            </Button>
          )}
          {chosen.size > 0 && (
            <Button variant="subtle" size="xs" onClick={() => setChosen(new Set())}>
              Clear
            </Button>
          )}
          <Button className="push" size="xs" disabled={chosen.size === 0} onClick={() => setEditing({})}>
            Change…
          </Button>
        </div>
      )}
      {editing && (
        <BulkEdit
          ids={[...chosen]}
          resumed={editing.resumed}
          close={() => {
            setEditing(undefined)
            setStopped(unfinished())
          }}
          finished={() => {
            setEditing(undefined)
            setStopped(undefined)
            setChosen(new Set())
          }}
        />
      )}
      <AddService opened={adding} close={() => setAdding(false)} />
    </>
  )
}

interface GroupHeadProps {
  readonly name: string
  readonly rows: readonly { readonly serviceId: number }[]
  readonly chosen: ReadonlySet<number>
  readonly mark: ((numbers: readonly number[], on: boolean) => void) | undefined
}

function GroupHead({ name, rows, chosen, mark }: GroupHeadProps) {
  const numbers = rows.map(({ serviceId }) => serviceId)
  const some = numbers.filter((number) => chosen.has(number)).length
  return (
    <>
      {mark && (
        <Checkbox
          aria-label={`Choose all of ${name}`}
          checked={some === numbers.length}
          indeterminate={some > 0 && some < numbers.length}
          onChange={(event) => mark(numbers, event.currentTarget.checked)}
        />
      )}
      <span className="one-line">{name}</span> <span className="faint tabular">{count(rows.length)}</span>
    </>
  )
}
