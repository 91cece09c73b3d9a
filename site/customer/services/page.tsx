import './page.css'
import { count } from '../../shared/amounts.ts'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { CatalogueStates } from '../finder/catalogue-states.tsx'
import { SearchFields } from '../finder/search-fields.tsx'
import { ServiceHead, useServiceRowHeight } from '../finder/service-row.tsx'
import { useSearch } from '../finder/use-search.ts'
import { Windowed } from '../finder/windowed.tsx'
import { CustomerFrame } from '../frame/customer-frame.tsx'
import { PublicFrame } from '../frame/public-frame.tsx'
import { useWasHere } from '../session.ts'
import { ServiceLink } from './service-link.tsx'

/** The whole catalogue: for customers in their frame, for everybody else in the public one. */
export function ServicesPage() {
  const Around = useWasHere() ? CustomerFrame : PublicFrame
  return (
    <Around>
      <Services />
    </Around>
  )
}

function Services() {
  const catalogue = useCatalogue()
  const search = useSearch(catalogue.data)
  const rowHeight = useServiceRowHeight()
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
      </div>
      <section className="card services" aria-label="Services">
        <div className="services-search">
          <SearchFields search={search} />
        </div>
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
