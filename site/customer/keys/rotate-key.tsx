import { Button } from '@mantine/core'
import { useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { Choices } from '../../shared/choices.tsx'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import type { CreatedKey, Key } from './page.tsx'

interface RotateKeyProps {
  readonly rotating: Key | undefined
  readonly close: () => void
  readonly rotated: (key: CreatedKey) => void
  readonly unheard: () => void
}

const overlaps = [
  ['0', 'At once', 'For a key that somebody else may have: programs that still use it are refused.'],
  ['1', 'After an hour'],
  ['24', 'After a day', 'Time to give your programs the new key one by one.'],
  ['72', 'After three days'],
  ['168', 'After a week'],
] as const
type Overlap = (typeof overlaps)[number][0]

/** A new key in the place of an old one, which goes on for a while. */
export function RotateKey({ rotating, close, rotated, unheard }: RotateKeyProps) {
  const [overlap, setOverlap] = useState<Overlap>('24')
  const { mutate, isPending, error, reset } = useChange('POST /api/keys/{keyId}/rotation', (key) => {
    rotated(key)
    close()
  })
  const go = (): void => {
    if (!rotating) return
    mutate(
      { path: { keyId: rotating.keyId }, body: { overlapHours: Number(overlap) } },
      { onError: (failure) => failure.mayHaveHappened && unheard() },
    )
  }
  return (
    <Dialog
      opened={rotating !== undefined}
      onClose={() => {
        reset()
        close()
      }}
      title={`Rotate “${rotating?.name ?? ''}”`}
    >
      <div className="stack">
        <p className="soft">
          A new key is made with the same name, scope and addresses. Orders already placed go on, and the balance stays as it is.
        </p>
        {error && (
          <FailureNotice failure={error} title={error.mayHaveHappened ? 'We did not hear back' : 'Nothing was changed'}>
            {error.mayHaveHappened &&
              'If a new key was made, it is in the list; nobody has seen it, so revoke it before you rotate again.'}
          </FailureNotice>
        )}
        <Choices label="The old key closes" names={overlaps} chosen={overlap} choose={setOverlap} />
        <Button onClick={go} loading={isPending}>
          Rotate key
        </Button>
      </div>
    </Dialog>
  )
}
