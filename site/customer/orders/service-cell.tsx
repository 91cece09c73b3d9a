import type { Service } from '../catalogue.ts'

/** A service's name, as the catalogue has it today; its number where it is not sold any more. */
export function ServiceCell({ serviceId, service }: { readonly serviceId: number; readonly service: Service | undefined }) {
  return (
    <>
      <div className="one-line" title={service?.name}>
        {service?.name ?? 'Not sold any more'}
      </div>
      <div className="faint tiny tabular one-line">
        #{serviceId}
        {service && ` · ${service.category}`}
      </div>
    </>
  )
}
