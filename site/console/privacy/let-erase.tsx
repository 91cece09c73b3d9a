import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'

interface LetEraseProps {
  readonly customerId: string
  readonly close: () => void
  readonly changed: () => void
}

/** Staff have looked at what a suspended customer closed, and need nothing of it. */
export function LetErase({ customerId, close, changed }: LetEraseProps) {
  const { mutate, isPending, error } = useChange('POST /api/admin/customers/{customerId}/closure/erasure', () => {
    changed()
    close()
  })
  return (
    <MemoDialog
      opened
      title="Let it be erased?"
      verb="Let it be erased"
      grave
      busy={isPending}
      failure={error ?? undefined}
      close={close}
      go={(memo) => mutate({ path: { customerId }, body: { memo } })}
    >
      The account was suspended when its customer closed it. Erased are names, links, sign-ins and tickets; the ledger stays, under
      a number. Where a law needs more to be kept, set a legal hold instead. Until its day you still can.
    </MemoDialog>
  )
}
