import './page.css'
import '../../shared/tickets/tickets.css'
import { Button, TextInput } from '@mantine/core'
import { IconMessage2Bolt } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { Confirm } from '../../shared/confirm.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Nothing } from '../../shared/nothing.tsx'
import { Sheet } from '../../shared/sheet.tsx'
import { TextField } from '../../shared/tickets/text-field.tsx'
import { useTitle } from '../../shared/title.ts'
import { useMay } from '../me.ts'

type Reply = Answer<'GET /api/admin/saved-replies'>['rows'][number]
const fresh = (): Reply => ({ replyId: crypto.randomUUID(), title: '', text: '', revision: 0 })

/** Answers that are kept ready. */
export function SavedRepliesPage() {
  const replies = useAnswer('GET /api/admin/saved-replies', {})
  const answers = useQueryClient()
  const may = useMay()
  const [edited, setEdited] = useState<Reply>()
  const [leaving, setLeaving] = useState<Reply>()
  const changed = (): void => {
    setEdited(undefined)
    setLeaving(undefined)
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/admin/saved-replies').slice(0, 1) })
  }
  const remove = useChange('DELETE /api/admin/saved-replies/{replyId}', changed)
  const { data, error } = replies
  useTitle('Saved replies', 'Console')
  const add = may('admin.save-reply') && <Button onClick={() => setEdited(fresh())}>New reply</Button>
  return (
    <>
      <p className="ticket-back">
        <Link to="/tickets">All tickets</Link>
      </p>
      <div className="page-head">
        <h1>Saved replies</h1>
        {data && data.rows.length > 0 && <div className="push">{add}</div>}
      </div>
      <section className="card" aria-label="Saved replies">
        {error && !data && (
          <div className="card-body">
            <FailureNotice failure={error} title="The replies could not be read" retry={() => void replies.refetch()} />
          </div>
        )}
        {!data && !error && <Bones rows={4} />}
        {data?.rows.length === 0 && (
          <Nothing icon={IconMessage2Bolt} title="No saved replies yet" action={add}>
            What is asked often is answered once here, and put into a ticket with the customer’s name and order numbers.
          </Nothing>
        )}
        {data && data.rows.length > 0 && (
          <ul className="saved-replies">
            {data.rows.map((reply) => (
              <li key={reply.replyId}>
                <div>
                  <h3>{reply.title}</h3>
                  <p className="saved-text">{reply.text}</p>
                </div>
                {may('admin.save-reply') && (
                  <div className="row">
                    <Button size="xs" variant="default" onClick={() => setEdited(reply)}>
                      Edit
                    </Button>
                    <Button size="xs" variant="default" onClick={() => setLeaving(reply)}>
                      Delete
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      {edited && <EditReply key={edited.replyId} reply={edited} close={() => setEdited(undefined)} changed={changed} />}
      {leaving && (
        <Confirm
          opened
          title={`Delete “${leaving.title}”?`}
          verb="Delete"
          busy={remove.isPending}
          failure={remove.error ?? undefined}
          close={() => setLeaving(undefined)}
          go={() => remove.mutate({ path: { replyId: leaving.replyId } })}
        >
          What was sent of it stays where it was sent.
        </Confirm>
      )}
    </>
  )
}

interface EditReplyProps {
  readonly reply: Reply
  readonly close: () => void
  readonly changed: () => void
}

function EditReply({ reply, close, changed }: EditReplyProps) {
  const [title, setTitle] = useState(reply.title)
  const [text, setText] = useState(reply.text)
  const save = useChange('PUT /api/admin/saved-replies/{replyId}', changed)
  const isReady = title.trim().length >= 2 && text.trim() !== ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) save.mutate({ path: { replyId: reply.replyId }, body: { title, text, revision: reply.revision } })
  }
  return (
    <Sheet opened onClose={close} title={reply.revision === 0 ? 'New reply' : 'Edit reply'}>
      <form className="stack" onSubmit={submit}>
        {save.error && <FailureNotice failure={save.error} title="It was not saved" />}
        <TextInput
          label="Title"
          description="For colleagues, who choose by it."
          maxLength={60}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextField
          label="Text"
          description="{name}, {order} and {ticket} become the customer’s name, the ticket’s orders and its number."
          value={text}
          change={setText}
        />
        <Button type="submit" loading={save.isPending} disabled={!isReady}>
          Save
        </Button>
      </form>
    </Sheet>
  )
}
