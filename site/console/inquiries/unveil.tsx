import { useChange } from '../../shared/answers.ts'
import { useMay } from '../me.ts'
import { Unveil } from '../unveil.tsx'

interface UnveilSenderProps {
  readonly inquiryId: string
  readonly shownUntil: string | undefined
  readonly changed: () => void
}

export function UnveilSender({ inquiryId, shownUntil, changed }: UnveilSenderProps) {
  const may = useMay()
  const show = useChange('POST /api/admin/inquiries/{inquiryId}/look', changed)
  return (
    <Unveil
      shownUntil={shownUntil}
      what="the name and the email"
      mayAsk={may('admin.show-inquiry')}
      busy={show.isPending}
      failure={show.error}
      forget={show.reset}
      ask={(body, onSuccess) => show.mutate({ path: { inquiryId }, body }, { onSuccess })}
    />
  )
}
