import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { suspending, type Told, ToldReason, toldAs } from '../customers/told-reason.tsx'
import type { Signal } from './page.tsx'

interface SuspendAccountProps {
  readonly signal: Signal | undefined
  readonly close: () => void
}

export function SuspendAccount({ signal, close }: SuspendAccountProps) {
  const { mutate, isPending, error, reset } = useChange('PUT /api/admin/customers/{customerId}/status', close)
  const { customerId } = signal ?? {}
  const [told, setTold] = useState<Told>()
  return (
    <MemoDialog
      key={signal?.subject}
      opened={signal !== undefined}
      title="Suspend this account?"
      verb="Suspend"
      grave
      busy={isPending}
      unready={told === undefined}
      failure={error ?? undefined}
      close={() => {
        reset()
        close()
      }}
      go={(memo) => customerId && mutate({ path: { customerId }, body: { status: 'suspended', memo, ...toldAs(told) } })}
    >
      <div className="stack">
        <p>{suspending} The account’s own page restores it.</p>
        <ToldReason told={told} choose={setTold} />
      </div>
    </MemoDialog>
  )
}
