import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'

interface LegalHoldProps {
  readonly customerId: string
  readonly on: boolean
  readonly close: () => void
  readonly changed: () => void
}

export function LegalHold({ customerId, on, close, changed }: LegalHoldProps) {
  const { mutate, isPending, error } = useChange('PUT /api/admin/customers/{customerId}/legal-hold', () => {
    changed()
    close()
  })
  return (
    <MemoDialog
      opened
      title={on ? 'Hold this account’s data?' : 'Lift the legal hold?'}
      verb={on ? 'Set the hold' : 'Lift the hold'}
      grave={!on}
      busy={isPending}
      failure={error ?? undefined}
      close={close}
      go={(memo) => mutate({ path: { customerId }, body: { on, memo } })}
    >
      {on
        ? 'Nothing of the account is erased and none of its records expires until the hold is lifted. Name the law or the order that asks for it.'
        : 'Erasure goes on where it stood, and records expire when their time comes.'}
    </MemoDialog>
  )
}
