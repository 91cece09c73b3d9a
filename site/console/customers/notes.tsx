import { Button, Textarea } from '@mantine/core'
import { IconNotes } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { useMay } from '../me.ts'

const route = 'GET /api/admin/customers/{customerId}/notes'

/** What colleagues need to know of a customer. A note stays as it was written. */
export function CustomerNotes({ customerId }: { readonly customerId: string }) {
  const may = useMay()
  const notes = useAnswer(route, { path: { customerId } }, { staleMilliseconds: Number.POSITIVE_INFINITY })
  const rows = notes.data?.rows
  return (
    <>
      {/* Not before they are read: a note written meanwhile would be missing in what is on its way. */}
      {may('admin.add-customer-note') && !notes.isPending && <AddNote customerId={customerId} />}
      {notes.error && !rows && (
        <div className="card-body">
          <FailureNotice failure={notes.error} title="The notes could not be read" retry={() => void notes.refetch()} />
        </div>
      )}
      {!rows && !notes.error && <Bones rows={2} height={52} />}
      {rows?.length === 0 && <Nothing icon={IconNotes} title="No notes yet" />}
      {rows && rows.length > 0 && (
        <ul className="customer-rows">
          {rows.map(({ at, by, author, text }) => (
            <li key={`${at} ${by} ${text}`} className="customer-row">
              <div>
                <p className="note-text">{text}</p>
                <div className="faint small">
                  {author ?? by.slice(0, 8)} · <Moment at={at} alone start />
                </div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function AddNote({ customerId }: { readonly customerId: string }) {
  const answers = useQueryClient()
  const [text, setText] = useState('')
  // One number for one note: sent again after a lost answer, it is not written twice.
  const [requestId, setRequestId] = useState(() => crypto.randomUUID())
  const add = useChange('POST /api/admin/customers/{customerId}/notes', () => {
    setText('')
    setRequestId(crypto.randomUUID())
    void answers.invalidateQueries({ queryKey: keyOf(route, { path: { customerId } }) })
  })
  const long = text.trim().length >= 3
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (long) add.mutate({ path: { customerId }, body: { text, requestId } })
  }
  return (
    <form className="card-body stack-tight add-note" onSubmit={submit}>
      {add.error && <FailureNotice failure={add.error} title="The note was not written" />}
      <Textarea
        label="New note"
        description="For colleagues, and it cannot be changed. The customer gets it with a copy of their data, should they ask for one."
        rows={3}
        maxLength={2_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div>
        <Button type="submit" loading={add.isPending} disabled={!long}>
          Add the note
        </Button>
      </div>
    </form>
  )
}
