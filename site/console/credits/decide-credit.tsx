import type { Answer } from '../../api.ts'
import { inWords } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'

export type WaitingCredit = Answer<'GET /api/admin/credit-requests'>['rows'][number]
export type Decision = 'agree' | 'decline'

interface DecideCreditProps {
  readonly credit: WaitingCredit
  readonly decision: Decision
  readonly currency: string
  readonly close: () => void
  /** With what is to be told of it. */
  readonly decided: (title: string) => void
}

export function DecideCredit({ credit, decision, currency, close, decided }: DecideCreditProps) {
  const amount = `${inWords(credit.amount)} ${currency}`
  const agrees = decision === 'agree'
  const { mutate, isPending, error } = useChange('PUT /api/admin/credit-requests/{customerId}/{requestId}', () => {
    decided(agrees ? `${amount} is credited` : `${amount} is not credited`)
    close()
  })
  return (
    <MemoDialog
      opened
      title={agrees ? `Credit ${amount}?` : `Do not credit ${amount}?`}
      verb={agrees ? `Credit ${amount}` : 'Do not credit'}
      grave={!agrees}
      busy={isPending}
      failure={error ?? undefined}
      close={close}
      go={(memo) => mutate({ path: { customerId: credit.customerId, requestId: credit.requestId }, body: { decision, memo } })}
    >
      {credit.askedBy} asked for it, with the memo “{credit.memo}”.{' '}
      {agrees
        ? 'The money is in the wallet at once, and both of you are on record.'
        : 'No money moves, now or later, by this request.'}
    </MemoDialog>
  )
}
