import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import { type KeyDraft, KeyFields, linesOf } from './key-fields.tsx'
import type { CreatedKey } from './page.tsx'

interface CreateKeyProps {
  readonly opened: boolean
  readonly close: () => void
  readonly created: (key: CreatedKey) => void
  /** Nobody heard what came of it: the list may know. */
  readonly unheard: () => void
}

const empty: KeyDraft = { name: '', scope: 'all', addresses: '' }

export function CreateKey({ opened, close, created, unheard }: CreateKeyProps) {
  const [draft, setDraft] = useState(empty)
  const { mutate, isPending, error, reset } = useChange('POST /api/keys', (key) => {
    setDraft(empty)
    created(key)
    close()
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (draft.name.trim() === '') return
    const body = { name: draft.name, scope: draft.scope, addresses: linesOf(draft) }
    mutate({ body }, { onError: (failure) => failure.mayHaveHappened && unheard() })
  }
  return (
    <Sheet
      opened={opened}
      onClose={() => {
        reset()
        close()
      }}
      title="New key"
    >
      <form className="stack" noValidate onSubmit={submit}>
        {error && error.code !== 'addresses-invalid' && (
          <FailureNotice failure={error} title={error.mayHaveHappened ? 'We did not hear back' : 'No key was made'}>
            {error.mayHaveHappened && 'If a key was made, it is in the list; nobody has seen it, so revoke it and make another.'}
          </FailureNotice>
        )}
        <KeyFields draft={draft} change={setDraft} failure={error ?? undefined} />
        <Button type="submit" loading={isPending} disabled={draft.name.trim() === ''}>
          Create key
        </Button>
      </form>
    </Sheet>
  )
}
