import '../../shared/tickets/tickets.css'
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, use, useState } from 'react'
import type { TicketCategory } from '../../../core/tickets/ticket.ts'
import { CallContext, keyOf, useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { type Attached, AttachFiles, areChecked, readyOf } from '../../shared/tickets/attach-files.tsx'
import { SlipWarning, TextField } from '../../shared/tickets/text-field.tsx'
import { categories, categoryWords } from '../../shared/tickets/words.ts'
import { useTitle } from '../../shared/title.ts'
import { useCatalogue } from '../catalogue.ts'
import { ownFiles } from '../own-files.ts'

interface Topic {
  /** Support will need to know which. */
  readonly wantsOrders: boolean
  /** What it takes to be answered at once. */
  readonly hint: string
}

const topics: Readonly<Record<TicketCategory, Topic>> = {
  order: { wantsOrders: true, hint: 'What did you expect, and what do you see? Since when?' },
  payment: { wantsOrders: false, hint: 'How much, by which method, and on which day? Never a card number.' },
  cancel: { wantsOrders: true, hint: 'Why should it stop? What was not delivered is paid back.' },
  refill: { wantsOrders: true, hint: 'How many were there, and how many are there now?' },
  'speed-up': { wantsOrders: true, hint: 'Since when has nothing moved?' },
  'privacy-request': {
    wantsOrders: false,
    hint: 'What would you like: a copy of your data, a correction, or your account erased? We deal with it within 30 days.',
  },
  other: { wantsOrders: false, hint: 'What can we do for you?' },
}

const numbersIn = (text: string): number[] => [...text.matchAll(/\d{1,10}/g)].map(([number]) => Number(number))

export interface NewTicketSearch {
  readonly order?: number
  readonly about?: TicketCategory
}

/** Asks first for what support will need. */
export function NewTicketPage({ order, about }: NewTicketSearch) {
  const { data: catalogue } = useCatalogue()
  const navigate = useNavigate()
  const answers = useQueryClient()
  const [category, setCategory] = useState<TicketCategory>(about ?? 'order')
  const [orders, setOrders] = useState(order ? String(order) : '')
  const [subject, setSubject] = useState('')
  const [text, setText] = useState('')
  const desk = ownFiles(use(CallContext), 'attachment')
  const [files, setFiles] = useState<readonly Attached[]>([])
  // One number for one ticket: sent again after a lost answer, it is not opened twice.
  const [requestId] = useState(() => crypto.randomUUID())
  const open = useChange('POST /api/tickets', ({ ticketId }) => {
    void answers.invalidateQueries({ queryKey: keyOf('GET /api/tickets').slice(0, 1) })
    void navigate({ to: '/tickets/$ticketId', params: { ticketId: String(ticketId) }, replace: true })
  })
  useTitle('New ticket', catalogue?.panelName)
  const { wantsOrders, hint } = topics[category]
  const named = numbersIn(orders)
  const isReady = subject.trim().length >= 3 && text.trim() !== '' && named.length <= 10 && areChecked(files)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady) open.mutate({ body: { category, orders: named, subject, text, files: readyOf(files), requestId } })
  }
  const strange = open.error?.code === 'order-not-found' ? open.error.detail['orders'] : undefined
  return (
    <>
      <div className="page-head">
        <h1>New ticket</h1>
      </div>
      <section className="card ticket-form" aria-label="New ticket">
        <form className="card-body stack" noValidate onSubmit={submit}>
          {open.error && strange === undefined && (
            <FailureNotice failure={open.error} title={open.error.mayHaveHappened ? 'We did not hear back' : 'It was not sent'}>
              {open.error.mayHaveHappened && 'Send it again: it is not opened twice.'}
            </FailureNotice>
          )}
          <NativeSelect
            label="What is it about?"
            data={categories.map((value) => ({ value, label: categoryWords[value] }))}
            value={category}
            onChange={(event) => {
              const chosen = categories.find((one) => one === event.currentTarget.value)
              if (chosen) setCategory(chosen)
            }}
          />
          <TextInput
            label={wantsOrders ? 'Order numbers' : 'Order numbers, if any'}
            description="Up to ten, with a blank or comma between."
            inputMode="numeric"
            autoComplete="off"
            value={orders}
            error={
              named.length > 10
                ? 'Ten at most: open another ticket for the others.'
                : Array.isArray(strange)
                  ? `No orders of yours: ${strange.join(', ')}`
                  : undefined
            }
            onChange={(event) => setOrders(event.currentTarget.value.replace(/[^\d ,;]/g, '').slice(0, 130))}
          />
          <div className="stack-tight">
            <TextInput
              label="Subject"
              maxLength={120}
              autoComplete="off"
              value={subject}
              onChange={(event) => setSubject(event.currentTarget.value)}
            />
            <SlipWarning texts={[subject]} />
          </div>
          <TextField label="Your message" description={hint} value={text} change={setText} />
          <AttachFiles desk={desk} files={files} change={setFiles} />
          <div className="row">
            <Button type="submit" loading={open.isPending} disabled={!isReady}>
              Send to support
            </Button>
            <Link to="/tickets">Cancel</Link>
          </div>
        </form>
      </section>
    </>
  )
}
