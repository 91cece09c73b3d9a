import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import type { Customer } from './account-card.tsx'
import { suspending, type Told, ToldReason, toldAs } from './told-reason.tsx'

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
  const [told, setTold] = useState<Told>()
  const suspended = customer.status === 'suspended'
  return (
    <MemoDialog
      key={customer.status}
      opened={opened}
      title={suspended ? `Restore ${customer.fullName}?` : `Suspend ${customer.fullName}?`}
      verb={suspended ? 'Restore' : 'Suspend'}
      grave={!suspended}
      busy={isPending}
      unready={!suspended && told === undefined}
      failure={error ?? undefined}
      close={close}
      go={(memo) =>
        mutate({
          path: { customerId: customer.customerId },
          body: suspended ? { status: 'active', memo } : { status: 'suspended', memo, ...toldAs(told) },
        })
      }
    >
      {suspended ? (
        'Ordering and keys work again at once.'
      ) : (
        <div className="stack">
          <p>{suspending}</p>
          <ToldReason told={told} choose={setTold} />
        </div>
      )}
    </MemoDialog>
  )
}
