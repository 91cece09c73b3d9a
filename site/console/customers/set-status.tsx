import { useState } from 'react'
import type { SuspensionReason } from '../../../core/identity/suspension.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import type { Customer } from './account-card.tsx'
import { suspending, ToldReason } from './told-reason.tsx'

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
  const [reason, setReason] = useState<SuspensionReason>()
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
        mutate({
          path: { customerId: customer.customerId },
          body: suspended ? { status: 'active', memo } : { status: 'suspended', memo, ...(reason ? { reason } : {}) },
        })
      }
    >
      {suspended ? (
        'Ordering and keys work again at once.'
      ) : (
        <div className="stack">
          <p>{suspending}</p>
          <ToldReason reason={reason} choose={setReason} />
        </div>
      )}
    </MemoDialog>
  )
}
