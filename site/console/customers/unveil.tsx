import { useChange } from '../../shared/answers.ts'
import { useMay } from '../me.ts'
import { Unveil } from '../unveil.tsx'
import type { Customer } from './account-card.tsx'

interface UnveilCustomerProps {
  readonly customer: Customer
  readonly changed: () => void
}

export function UnveilCustomer({ customer: { customerId, shownUntil }, changed }: UnveilCustomerProps) {
  const may = useMay()
  const show = useChange('POST /api/admin/customers/{customerId}/look', changed)
  return (
    <Unveil
      shownUntil={shownUntil}
      what="the name, the email and the addresses"
      mayAsk={may('admin.show-customer')}
      busy={show.isPending}
      failure={show.error}
      forget={show.reset}
      ask={(body, onSuccess) => show.mutate({ path: { customerId }, body }, { onSuccess })}
    />
  )
}
