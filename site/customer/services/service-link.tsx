import './service-link.css'
import { Link } from '@tanstack/react-router'
import type { Service } from '../catalogue.ts'
import { ServiceRow } from '../finder/service-row.tsx'

/** A service in a list that leads to its order form. */
export function ServiceLink({ service, decimals }: { readonly service: Service; readonly decimals: number }) {
  return (
    <Link to="/new" search={{ service: service.serviceId }} className="service-link">
      <ServiceRow service={service} decimals={decimals} />
    </Link>
  )
}
