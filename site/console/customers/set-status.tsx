import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import type { Customer } from './account-card.tsx'

interface SetStatusProps {
  readonly customer: Customer
  readonly opened: boolean
  readonly close: () => void
  readonly changed: () => void
}

export function SetStatus({ customer, opened, close, changed }: SetStatusProps) {
  const { mutate, isPending, error } = useChange('PUT /api/admin/customers/{customerId}/status', () => {
    changed()
    close()
  })
  const suspended = customer.status === 'suspended'
  return (
    <MemoDialog
      key={customer.status}
      opened={opened}
      title={suspended ? `Restore ${customer.fullName}?` : `Suspend ${customer.fullName}?`}
      verb={suspended ? 'Restore' : 'Suspend'}
      grave={!suspended}
      busy={isPending}
      failure={error ?? undefined}
      close={close}
      go={(memo) =>
        mutate({ path: { customerId: customer.customerId }, body: { status: suspended ? 'active' : 'suspended', memo } })
      }
    >
      {suspended
        ? 'Ordering, keys and signing in work again at once.'
        : 'Nothing can be ordered, no key works and nobody can sign in. The balance is kept, orders under way go on, and refunds still arrive.'}
    </MemoDialog>
  )
}
