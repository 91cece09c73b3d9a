import { Link } from '@tanstack/react-router'
import { count } from '../../shared/amounts.ts'
import { useCatalogue } from '../catalogue.ts'
import { CatalogueStates } from '../finder/catalogue-states.tsx'
import { SearchFields } from '../finder/search-fields.tsx'
import { ServiceHead, useServiceRowHeight } from '../finder/service-row.tsx'
import { useSearch } from '../finder/use-search.ts'
import { ServiceLink } from '../services/service-link.tsx'

/** As many as one reads before searching. */
const shown = 8

/** The catalogue itself, searched before anybody signs in. */
export function LandingCatalogue() {
  const catalogue = useCatalogue()
  const search = useSearch(catalogue.data)
  const rowHeight = useServiceRowHeight()
  const first = search.found.flatMap(({ services }) => services).slice(0, shown)
  return (
    <section className="card landing-catalogue" aria-label="Services and prices">
      <div className="landing-search">
        <SearchFields search={search} />
      </div>
      <div className="service-list landing-rows">
        {catalogue.data && search.total > 0 && <ServiceHead currency={catalogue.data.currency} />}
        <CatalogueStates catalogue={catalogue} search={search} rows={shown} none={search.total === 0} />
        <ul>
          {first.map((service) => (
            <li key={service.serviceId} className="landing-row" style={{ height: rowHeight }}>
              <ServiceLink service={service} decimals={search.decimals} />
            </li>
          ))}
        </ul>
      </div>
      {catalogue.data && search.total > 0 && (
        <p className="landing-all" role="status">
          {search.total > shown ? `${shown} of ${count(search.total)}` : count(search.total)}{' '}
          {search.total === 1 ? 'service' : 'services'}, prices in {catalogue.data.currency}
          <Link to="/changes" className="push">
            What changed
          </Link>
          <Link to="/services">All services</Link>
        </p>
      )}
    </section>
  )
}
