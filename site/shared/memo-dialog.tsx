import { Button, Textarea } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import type { Failure } from '../failure.ts'
import { Dialog } from './dialog.tsx'
import { FailureNotice } from './failure-notice.tsx'

interface MemoDialogProps {
  readonly opened: boolean
  readonly title: string
  /** What will follow. */
  readonly children: ReactNode
  readonly verb: string
  readonly grave?: boolean
  readonly busy: boolean
  /** There is nothing to do yet, whatever the reason. */
  readonly unready?: boolean
  readonly failure: Failure | undefined
  /** Where somebody else reads the reason, too. */
  readonly label?: string
  readonly go: (memo: string) => void
  readonly close: () => void
}

/** Asks for the reason of something that goes on record. */
export function MemoDialog({
  opened,
  title,
  children,
  verb,
  grave = false,
  busy,
  unready = false,
  failure,
  label = 'Reason, for the record',
  go,
  close,
}: MemoDialogProps) {
  const [memo, setMemo] = useState('')
  const long = memo.trim().length >= 3
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (long && !unready) go(memo)
  }
  return (
    <Dialog opened={opened} onClose={close} title={title}>
      <form className="stack" onSubmit={submit}>
        <div className="soft">{children}</div>
        {failure && <FailureNotice failure={failure} title="Nothing was changed" />}
        <Textarea
          label={label}
          data-autofocus
          rows={2}
          maxLength={300}
          value={memo}
          onChange={(event) => setMemo(event.currentTarget.value)}
        />
        <div className="row confirm-actions">
          <Button variant="default" onClick={close}>
            Leave it
          </Button>
          <Button type="submit" {...(grave ? { color: 'red' } : {})} loading={busy} disabled={!long || unready}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
