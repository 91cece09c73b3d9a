import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Failure } from '../failure.ts'
import { Dialog } from './dialog.tsx'
import { FailureNotice } from './failure-notice.tsx'

interface ConfirmProps {
  readonly opened: boolean
  readonly title: string
  /** What will follow. */
  readonly children: ReactNode
  readonly verb: string
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly go: () => void
  readonly close: () => void
}

/** Asks before something that cannot be taken back, and says what will follow. */
export function Confirm({ opened, title, children, verb, busy, failure, go, close }: ConfirmProps) {
  return (
    <Dialog opened={opened} onClose={close} title={title}>
      <div className="stack">
        <div className="soft">{children}</div>
        {failure && <FailureNotice failure={failure} title="Nothing was changed" />}
        <div className="row confirm-actions">
          <Button variant="default" onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button color="red" onClick={go} loading={busy}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
