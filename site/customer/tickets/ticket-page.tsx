import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, use, useEffect, useState } from 'react'
import type { Answer } from '../../api.ts'
import { CallContext, keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { type Attached, AttachFiles, areChecked, readyOf } from '../../shared/tickets/attach-files.tsx'
import { Conversation } from '../../shared/tickets/conversation.tsx'
import { OrderChips } from '../../shared/tickets/order-chips.tsx'
import { TextField } from '../../shared/tickets/text-field.tsx'
import { TicketBadge } from '../../shared/tickets/ticket-badge.tsx'
import { categoryWords } from '../../shared/tickets/words.ts'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { ownFiles } from '../own-files.ts'

type Ticket = Answer<'GET /api/tickets/{ticketId}'>

/** One ticket as a conversation. */
export function TicketPage({ ticketId }: { readonly ticketId: string }) {
  const { data: catalogue } = useCatalogue()
  const asked = { path: { ticketId } }
  const ticket = useAnswer('GET /api/tickets/{ticketId}', asked, { every: () => 15_000 })
  const answers = useQueryClient()
  const call = use(CallContext)
  const changed = (): void => {
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/tickets/{ticketId}', asked) })
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/tickets').slice(0, 1) })
  }
  const { data, error } = ticket
  useTitle(data ? data.subject : 'Ticket', catalogue?.panelName)
  useSeen(data, () => void answers.invalidateQueries({ queryKey: keyOf('GET /api/tickets').slice(0, 1) }))
  if (error && !data)
    return error.code === 'ticket-not-found' ? (
      <FailureNotice failure={error} title="No such ticket" />
    ) : (
      <FailureNotice failure={error} title="This ticket could not be read" retry={() => void ticket.refetch()} />
    )
  if (!data)
    return (
      <div className="card">
        <Bones rows={4} height={72} />
      </div>
    )
  return (
    <>
      <p className="ticket-back">
        <Link to="/tickets">All tickets</Link>
      </p>
      <div className="page-head">
        <h1 className="ticket-title">{data.subject}</h1>
        <TicketBadge status={data.status} to="customer" />
      </div>
      <section className="card" aria-label={`Ticket ${data.ticketId}`}>
        <div className="ticket-about">
          <span className="faint small tabular">
            Ticket {data.ticketId} · {categoryWords[data.category]}
            {data.dueAt && (
              <>
                {' '}
                · dealt with by <Moment at={data.dueAt} alone start />
              </>
            )}
          </span>
          <OrderChips orders={data.orders} />
        </div>
        <Conversation
          label="Messages"
          said={data.conversation.map(({ at, text, author, files = [] }) => ({
            at,
            text,
            files: files.map((fileId) => ({ fileId, read: () => call('GET /api/files/{fileId}', { path: { fileId } }) })),
            who: author === 'customer' ? 'You' : 'Support',
            mine: author === 'customer',
          }))}
        />
        <WriteOn ticket={data} changed={changed} />
      </section>
    </>
  )
}

/** What is on the screen is seen. */
function useSeen(ticket: Ticket | undefined, then: () => void): void {
  const { mutate } = useChange('PUT /api/tickets/{ticketId}/seen', then)
  const [number, messages, unread] = [ticket?.ticketId, ticket?.messages, ticket?.unread ?? 0]
  useEffect(() => {
    if (number !== undefined && messages !== undefined && unread > 0) mutate({ path: { ticketId: number }, body: { messages } })
  }, [number, messages, unread, mutate])
}

function WriteOn({ ticket, changed }: { readonly ticket: Ticket; readonly changed: () => void }) {
  const { ticketId, status, reopensUntil } = ticket
  const [text, setText] = useState('')
  const [requestId, setRequestId] = useState(() => crypto.randomUUID())
  const desk = ownFiles(use(CallContext), 'attachment')
  const [files, setFiles] = useState<readonly Attached[]>([])
  const write = useChange('POST /api/tickets/{ticketId}/messages', () => {
    setText('')
    setFiles([])
    setRequestId(crypto.randomUUID())
    changed()
  })
  const close = useChange('POST /api/tickets/{ticketId}/close', changed)
  const isClosed = status === 'closed'
  if (isClosed && reopensUntil && Date.parse(reopensUntil) < Date.now())
    return (
      <div className="write-form">
        <Notice tone="info" title="This ticket is closed" live={false}>
          Two weeks have passed since. <Link to="/tickets/new">Open a new one</Link> and name this one in it.
        </Notice>
      </div>
    )
  const isReady = text.trim() !== '' && areChecked(files)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) write.mutate({ path: { ticketId }, body: { text, files: readyOf(files), requestId } })
  }
  return (
    <form className="write-form stack" onSubmit={submit}>
      {isClosed && reopensUntil && (
        <Notice tone="info" title="This ticket is closed" live={false}>
          If something is left, write until <Moment at={reopensUntil} alone start /> and it is open again.
        </Notice>
      )}
      {write.error && (
        <FailureNotice failure={write.error} title={write.error.mayHaveHappened ? 'We did not hear back' : 'It was not sent'}>
          {write.error.mayHaveHappened && 'Send it again: it is not written twice.'}
        </FailureNotice>
      )}
      {close.error && <FailureNotice failure={close.error} title="The ticket was not closed" />}
      <TextField label="Your message" rows={3} value={text} change={setText} />
      <AttachFiles desk={desk} files={files} change={setFiles} />
      <div className="write-actions">
        <Button type="submit" loading={write.isPending} disabled={!isReady}>
          {isClosed ? 'Send and reopen' : 'Send'}
        </Button>
        {!isClosed && (
          <Button variant="default" className="push" loading={close.isPending} onClick={() => close.mutate({ path: { ticketId } })}>
            It is settled: close
          </Button>
        )}
      </div>
    </form>
  )
}
