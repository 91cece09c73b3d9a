import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import type { Signal } from './page.tsx'

interface MarkSeenProps {
  readonly day: string
  readonly signal: Signal | undefined
  readonly close: () => void
  readonly done: () => void
}

export function MarkSeen({ day, signal, close, done }: MarkSeenProps) {
  const { mutate, isPending, error, reset } = useChange('POST /api/admin/signals/seen', () => {
    done()
    close()
  })
  return (
    <MemoDialog
      key={signal?.subject}
      opened={signal !== undefined}
      title="What came of it?"
      verb="Mark as looked into"
      busy={isPending}
      failure={error ?? undefined}
      close={() => {
        reset()
        close()
      }}
      go={(memo) => signal && mutate({ body: { day, kind: signal.kind, subject: signal.subject, memo } })}
    >
      Colleagues read this beside the signal. What is counted from now on shows as new.
    </MemoDialog>
  )
}
