import '../tickets/page.css'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { Answer } from '../../api.ts'
import { keyOf, useAnswer, useChange } from '../../shared/answers.ts'
import { Bones } from '../../shared/bones.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { Notice } from '../../shared/notice.tsx'
import { Facts } from '../../shared/order-facts.tsx'
import { Conversation } from '../../shared/tickets/conversation.tsx'
import { TextField } from '../../shared/tickets/text-field.tsx'
import { useTitle } from '../../shared/title.ts'
import { BlockDialog } from '../blocks/block-dialog.tsx'
import { useMay } from '../me.ts'
import { useSupporters } from '../tickets/use-supporters.ts'
import { UnveilSender } from './unveil.tsx'

const route = 'GET /api/admin/inquiries/{inquiryId}'
type Inquiry = Answer<typeof route>

/** One of them: what was written, what shows who owns a target, and what can be done. */
export function InquiryPage({ inquiryId }: { readonly inquiryId: string }) {
  // Every look is recorded: it is not asked for again just because a window came to the front.
  const inquiry = useAnswer(route, { path: { inquiryId } }, { staleMilliseconds: Number.POSITIVE_INFINITY })
  const answers = useQueryClient()
  const { nameOf } = useSupporters()
  const { data, error } = inquiry
  useTitle('Inquiry', 'Console')
  if (error && !data)
    return <FailureNotice failure={error} title="This inquiry could not be read" retry={() => void inquiry.refetch()} />
  if (!data)
    return (
      <div className="card">
        <Bones rows={4} height={72} />
      </div>
    )
  const changed = (): void => {
    void inquiry.refetch()
    for (const one of ['GET /api/admin/inquiries', 'GET /api/admin/ticket-counts'] as const)
      void answers.invalidateQueries({ queryKey: keyOf(one).slice(0, 1) })
  }
  const name = data.name ?? 'Whoever reported it'
  return (
    <>
      <p className="ticket-back">
        <Link to="/inquiries" search={data.kind === 'abuse' ? { kind: 'abuse' } : {}}>
          All inquiries
        </Link>
      </p>
      <div className="page-head">
        <h1 className="ticket-title">{data.target ?? data.subject}</h1>
        <span className="soft">{data.status === 'closed' ? 'Closed' : data.answered ? 'Answered' : 'Not answered'}</span>
      </div>
      <div className="ticket-desk">
        <section className="card" aria-label="Conversation">
          <Conversation
            label="Messages"
            said={data.conversation.map(({ at, text, author, by }) => ({
              at,
              text,
              who: author === 'sender' ? name : by ? nameOf(by) : 'Support',
              mine: author === 'staff',
            }))}
          />
          <AnswerByMail inquiry={data} changed={changed} />
        </section>
        <What inquiry={data} changed={changed} />
      </div>
    </>
  )
}

function AnswerByMail({ inquiry, changed }: { readonly inquiry: Inquiry; readonly changed: () => void }) {
  const may = useMay()
  const [text, setText] = useState('')
  const [requestId, setRequestId] = useState(() => crypto.randomUUID())
  const answer = useChange('POST /api/admin/inquiries/{inquiryId}/messages', () => {
    setText('')
    setRequestId(crypto.randomUUID())
    changed()
  })
  if (!may('admin.answer-inquiry')) return null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (text.trim() !== '') answer.mutate({ path: { inquiryId: inquiry.inquiryId }, body: { text, requestId } })
  }
  return (
    <form className="write-form stack" onSubmit={submit}>
      {answer.error && (
        <FailureNotice failure={answer.error} title={answer.error.mayHaveHappened ? 'We did not hear back' : 'It was not sent'} />
      )}
      <TextField
        label="Answer"
        description="It goes by mail to whoever wrote this, with a greeting and their name. You need not see either."
        value={text}
        change={setText}
      />
      <div>
        <Button type="submit" loading={answer.isPending} disabled={text.trim() === ''}>
          Answer by mail
        </Button>
      </div>
    </form>
  )
}

function What({ inquiry, changed }: { readonly inquiry: Inquiry; readonly changed: () => void }) {
  const { inquiryId, kind, name, email, shownUntil, at, target, covers, code, status, memo } = inquiry
  const may = useMay()
  const [asking, setAsking] = useState<'block' | 'close'>()
  const close = useChange('PUT /api/admin/inquiries/{inquiryId}/closed', () => {
    setAsking(undefined)
    changed()
  })
  const isAbuse = kind === 'abuse'
  return (
    <aside className="card card-body stack" aria-label="Evidence">
      <Facts
        rows={[
          ...(name ? [['Name', name] as const] : []),
          ['Email', email],
          ['Written', <Moment key="at" at={at} alone start />],
          ...(target ? [['Reported', target] as const] : []),
          ...(covers ? [['A block covers', covers] as const] : []),
          ...(code
            ? [
                [
                  'Code',
                  <strong key="code" className="mono">
                    {code}
                  </strong>,
                ] as const,
              ]
            : []),
          ...(memo ? [['Closed because', memo] as const] : []),
        ]}
      />
      <UnveilSender inquiryId={inquiryId} shownUntil={shownUntil} changed={changed} />
      {isAbuse && status === 'open' && (
        <Notice tone="info" title="Is it theirs?" live={false}>
          Look at the profile or page yourself: the code above stands there, where only its owner can write. Without it, ask for it,
          or decline.
          {target && covers === undefined && ' What was typed is no link to one profile: ask for the link.'}
        </Notice>
      )}
      {status === 'open' && (
        <div className="stack-tight">
          {isAbuse && may('admin.block-target') && <Button onClick={() => setAsking('block')}>It is theirs: block it</Button>}
          {isAbuse && (
            <Link to="/orders" search={{ find: covers ? `https://${covers}` : (target ?? '') }}>
              Orders for this link
            </Link>
          )}
          {may('admin.close-inquiry') && (
            <Button variant="default" onClick={() => setAsking('close')}>
              {isAbuse ? 'Decline and close' : 'Close'}
            </Button>
          )}
        </div>
      )}
      {asking === 'block' && (
        <BlockDialog
          link={target ?? ''}
          inquiryId={inquiryId}
          close={() => setAsking(undefined)}
          blocked={(words) => close.mutate({ path: { inquiryId }, body: { memo: words } })}
        />
      )}
      <MemoDialog
        opened={asking === 'close'}
        title={isAbuse ? 'Decline this report?' : 'Close this inquiry?'}
        verb="Close"
        busy={close.isPending}
        failure={close.error ?? undefined}
        close={() => setAsking(undefined)}
        go={(words) => close.mutate({ path: { inquiryId }, body: { memo: words } })}
      >
        It leaves the list. Nothing is mailed by this: answer first, if an answer is due.
      </MemoDialog>
    </aside>
  )
}
