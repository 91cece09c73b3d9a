import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import { KeyFields, linesOf } from './key-fields.tsx'
import type { Key } from './page.tsx'

interface EditKeyProps {
  readonly editing: Key | undefined
  readonly close: () => void
  readonly done: () => void
}

export function EditKey({ editing, close, done }: EditKeyProps) {
  return (
    <Sheet opened={editing !== undefined} onClose={close} title={`Edit “${editing?.name ?? ''}”`}>
      {editing && <EditForm key={editing.keyId} of={editing} close={close} done={done} />}
    </Sheet>
  )
}

function EditForm({ of, close, done }: { readonly of: Key; readonly close: () => void; readonly done: () => void }) {
  const [draft, setDraft] = useState({ name: of.name, scope: of.scope, addresses: of.addresses.join('\n') })
  const { mutate, isPending, error } = useChange('PUT /api/keys/{keyId}', () => {
    done()
    close()
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const body = { name: draft.name, scope: draft.scope, addresses: linesOf(draft) }
    if (draft.name.trim() !== '') mutate({ path: { keyId: of.keyId }, body })
  }
  return (
    <form className="stack" noValidate onSubmit={submit}>
      {error && error.code !== 'addresses-invalid' && (
        <FailureNotice failure={error} title={error.mayHaveHappened ? 'We did not hear back' : 'Nothing was changed'} />
      )}
      <KeyFields draft={draft} change={setDraft} failure={error ?? undefined} />
      <p className="soft small">
        Programs are held to this from their next request on.
        {(of.closesAt ?? of.replaces) !== undefined &&
          ' A rotated key and the one in its place have the same terms while both open.'}
      </p>
      <Button type="submit" loading={isPending} disabled={draft.name.trim() === ''}>
        Save
      </Button>
    </form>
  )
}
