import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import type { Signal } from './page.tsx'

interface RevokeKeyProps {
  readonly signal: Signal | undefined
  readonly close: () => void
}

export function RevokeKey({ signal, close }: RevokeKeyProps) {
  const { mutate, isPending, error, reset } = useChange('POST /api/admin/customers/{customerId}/keys/{keyId}/revocation', close)
  const { customerId, keyId } = signal ?? {}
  return (
    <MemoDialog
      key={signal?.subject}
      opened={signal !== undefined}
      title="Revoke this key?"
      verb="Revoke the key"
      grave
      busy={isPending}
      failure={error ?? undefined}
      close={() => {
        reset()
        close()
      }}
      go={(memo) => customerId && keyId && mutate({ path: { customerId, keyId }, body: { memo } })}
    >
      The customer’s programs that use it are refused from their next request on, and this cannot be undone. Orders already placed
      go on, and the balance stays as it is.
    </MemoDialog>
  )
}
