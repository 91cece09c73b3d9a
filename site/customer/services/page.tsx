import './page.css'
import { Button } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useMemo, useState } from 'react'
import { count } from '../../shared/amounts.ts'
import { useTitle } from '../../shared/title.ts'
import { usePhone } from '../../shared/use-phone.ts'
import { Windowed } from '../../shared/windowed.tsx'
import { useCatalogue } from '../catalogue.ts'
import { CatalogueStates } from '../finder/catalogue-states.tsx'
import { SearchFields } from '../finder/search-fields.tsx'
import { ServiceHead, useServiceRowHeight } from '../finder/service-row.tsx'
import { useSearchFor } from '../finder/use-search.ts'
import { CustomerFrame } from '../frame/customer-frame.tsx'
import { PublicFrame } from '../frame/public-frame.tsx'
import { useWasHere } from '../session.ts'
import { FilterPanel } from './filter-panel.tsx'
import { choicesOf, countOfFilters, type Filters, keeps, platformsOf } from './filters.ts'
import { ServiceLink } from './service-link.tsx'
import { useFilters } from './use-filters.ts'

interface ServicesPageProps {
  readonly filters: Filters
}

/** The whole catalogue: for customers in their frame, for everybody else in the public one. */
export function ServicesPage({ filters }: ServicesPageProps) {
  const Around = useWasHere() ? CustomerFrame : PublicFrame
  return (
    <Around>
      <Services filters={filters} />
    </Around>
  )
}

function Services({ filters }: ServicesPageProps) {
  const catalogue = useCatalogue()
  const phone = usePhone()
  const id = useId()
  const { text, setText, change, clear } = useFilters(filters)
  const kept = useMemo(() => keeps(filters, platformsOf(catalogue.data)), [filters, catalogue.data])
  const choices = useMemo(() => choicesOf(catalogue.data), [catalogue.data])
  const search = useSearchFor(
    catalogue.data,
    {
      text,
      setText,
      category: filters.category ?? '',
      setCategory: (category) => change({ category: category || undefined }),
      clear,
    },
    kept,
  )
  const rowHeight = useServiceRowHeight()
  const active = countOfFilters(filters) + (phone && filters.category ? 1 : 0)
  const [open, setOpen] = useState(active > 0)
  useTitle('Services', catalogue.data?.panelName)
  const groups = search.found.map(({ category: name, services: rows }) => ({ name, rows }))
  return (
    <>
      <div className="page-head">
        <h1>Services</h1>
        {catalogue.data && (
          <p className="soft tabular" role="status">
            {count(search.total)} {search.total === 1 ? 'service' : 'services'}, prices in {catalogue.data.currency}
          </p>
        )}
        <Link to="/changes" className="push small">
          What changed
        </Link>
      </div>
      <section className="card services" aria-label="Services">
        <div className="services-search">
          <SearchFields search={search} categories={!phone}>
            <Button
              variant="default"
              leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.8} aria-hidden />}
              aria-expanded={open}
              aria-controls={id}
              onClick={() => setOpen(!open)}
            >
              Filters{active > 0 && ` · ${active}`}
            </Button>
          </SearchFields>
        </div>
        {open && catalogue.data && (
          <FilterPanel
            id={id}
            filters={filters}
            choices={choices}
            change={change}
            clear={clear}
            {...(phone ? { categories: search.categories } : {})}
          />
        )}
        <CatalogueStates catalogue={catalogue} search={search} rows={10} none={search.total === 0} />
        <div className="service-list">
          {catalogue.data && search.total > 0 && <ServiceHead currency={catalogue.data.currency} />}
          <Windowed
            groups={groups}
            rowHeight={rowHeight}
            keyOf={(service) => service.serviceId}
            head={({ name, rows }) => (
              <>
                {name} <span className="finder-count tabular">{count(rows.length)}</span>
              </>
            )}
            row={(service) => <ServiceLink service={service} decimals={search.decimals} />}
          />
        </div>
      </section>
    </>
  )
}
