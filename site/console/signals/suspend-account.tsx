import { useState } from 'react'
import type { SuspensionReason } from '../../../core/identity/suspension.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { suspending, ToldReason } from '../customers/told-reason.tsx'
import type { Signal } from './page.tsx'

interface SuspendAccountProps {
  readonly signal: Signal | undefined
  readonly close: () => void
}

export function SuspendAccount({ signal, close }: SuspendAccountProps) {
  const { mutate, isPending, error, reset } = useChange('PUT /api/admin/customers/{customerId}/status', close)
  const { customerId } = signal ?? {}
  const [reason, setReason] = useState<SuspensionReason>()
  return (
    <MemoDialog
      key={signal?.subject}
      opened={signal !== undefined}
      title="Suspend this account?"
      verb="Suspend"
      grave
      busy={isPending}
      failure={error ?? undefined}
      close={() => {
        reset()
        close()
      }}
      go={(memo) =>
        customerId && mutate({ path: { customerId }, body: { status: 'suspended', memo, ...(reason ? { reason } : {}) } })
      }
    >
      <div className="stack">
        <p>{suspending} The account’s own page restores it.</p>
        <ToldReason reason={reason} choose={setReason} />
      </div>
    </MemoDialog>
  )
}
