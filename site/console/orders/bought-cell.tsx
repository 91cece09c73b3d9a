import type { Answer } from '../../api.ts'
import { reasonWords } from './reasons.ts'

type StaffOrder = Answer<'GET /api/admin/orders'>['rows'][number]

/** What was ordered and where it was bought; and why it stands still, if it does. */
export function BoughtCell({ order, provider }: { readonly order: StaffOrder; readonly provider: string | undefined }) {
  const { serviceId, type, providerServiceId, reason } = order
  return (
    <>
      <div className="one-line">
        <span className="tabular">Service {serviceId}</span> <span className="faint">{type}</span>
      </div>
      <div className="faint tiny one-line">
        {provider ?? 'A provider'}
        {order.providerId !== 'manual' && (
          <>
            {' '}
            · <span className="tabular">{providerServiceId}</span>
          </>
        )}
        {order.inHandOf && ' · in hand'}
      </div>
      {reason && <div className="tiny soft">{reasonWords[reason]}</div>}
    </>
  )
}
