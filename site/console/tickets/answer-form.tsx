import { Button, NativeSelect } from '@mantine/core'
import { type FormEvent, use, useState } from 'react'
import { CallContext, useAnswer, useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Tabs } from '../../shared/tabs.tsx'
import { type Attached, AttachFiles, areChecked, readyOf } from '../../shared/tickets/attach-files.tsx'
import { TextField } from '../../shared/tickets/text-field.tsx'
import { useMay } from '../me.ts'
import { replyFiles } from './reply-files.ts'
import type { StaffTicket } from './ticket-page.tsx'

type Kind = 'answer' | 'note'

/** Answers the customer, or notes something for colleagues. */
export function AnswerForm({ ticket, changed }: { readonly ticket: StaffTicket; readonly changed: () => void }) {
  const may = useMay()
  const call = use(CallContext)
  const [kind, setKind] = useState<Kind>('answer')
  const [text, setText] = useState('')
  const [files, setFiles] = useState<readonly Attached[]>([])
  const [requestId, setRequestId] = useState(() => crypto.randomUUID())
  const done = (): void => {
    setText('')
    setRequestId(crypto.randomUUID())
    changed()
  }
  const answer = useChange('POST /api/admin/tickets/{customerId}/{ticketId}/messages', () => {
    setFiles([])
    done()
  })
  const note = useChange('POST /api/admin/tickets/{customerId}/{ticketId}/notes', done)
  const path = { customerId: ticket.customerId, ticketId: ticket.ticketId }
  const isAnswer = kind === 'answer' && ticket.status !== 'closed'
  const isReady = text.trim() !== '' && (!isAnswer || areChecked(files))
  const send = (close: boolean): void => {
    if (!isReady) return
    if (isAnswer) answer.mutate({ path, body: { text, files: readyOf(files), close, requestId } })
    else note.mutate({ path, body: { text, requestId } })
  }
  const failure = answer.error ?? note.error
  const isBusy = answer.isPending || note.isPending
  if (!may('admin.answer-ticket')) return null
  return (
    <form
      className="write-form stack"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        send(false)
      }}
    >
      {ticket.status !== 'closed' && (
        <div className="reply-tools">
          <Tabs<Kind>
            label="To whom"
            names={[
              ['answer', 'Answer'],
              ['note', 'Note for colleagues'],
            ]}
            chosen={kind}
            choose={setKind}
          />
          {isAnswer && <SavedReplySelect put={(more) => setText((was) => (was === '' ? more : `${was}\n${more}`))} />}
        </div>
      )}
      {failure && (
        <FailureNotice failure={failure} title={failure.mayHaveHappened ? 'We did not hear back' : 'It was not written'}>
          {failure.mayHaveHappened && 'Send it again: it is not written twice.'}
        </FailureNotice>
      )}
      <TextField
        label={isAnswer ? 'Answer' : 'Note'}
        description={
          isAnswer
            ? 'The customer reads it, and is mailed that it is there. {name}, {order} and {ticket} become theirs when it is sent.'
            : 'Customers never see it; a copy of their data holds it, should they ask for one.'
        }
        value={text}
        change={setText}
      />
      {isAnswer && <AttachFiles desk={replyFiles(call, path)} files={files} change={setFiles} />}
      <div className="write-actions">
        <Button type="submit" loading={isBusy} disabled={!isReady}>
          {isAnswer ? 'Answer' : 'Add the note'}
        </Button>
        {isAnswer && (
          <Button variant="default" loading={isBusy} disabled={!isReady} onClick={() => send(true)}>
            Answer and close
          </Button>
        )}
      </div>
    </form>
  )
}

function SavedReplySelect({ put }: { readonly put: (text: string) => void }) {
  const { data } = useAnswer('GET /api/admin/saved-replies', {}, { staleMilliseconds: 60_000 })
  const rows = data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <NativeSelect
      label="Saved reply"
      data={[{ value: '', label: 'Put one in' }, ...rows.map(({ replyId, title }) => ({ value: replyId, label: title }))]}
      value=""
      onChange={(event) => {
        const reply = rows.find(({ replyId }) => replyId === event.currentTarget.value)
        if (reply) put(reply.text)
      }}
    />
  )
}
