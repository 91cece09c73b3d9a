import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import type { Signal } from './page.tsx'

interface SuspendAccountProps {
  readonly signal: Signal | undefined
  readonly close: () => void
}

export function SuspendAccount({ signal, close }: SuspendAccountProps) {
  const { mutate, isPending, error, reset } = useChange('PUT /api/admin/customers/{customerId}/status', close)
  const { customerId } = signal ?? {}
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
      go={(memo) => customerId && mutate({ path: { customerId }, body: { status: 'suspended', memo } })}
    >
      Nothing can be ordered, no key works and nobody can sign in. The balance is kept, orders under way go on, and refunds still
      arrive. The account’s own page restores it.
    </MemoDialog>
  )
}
