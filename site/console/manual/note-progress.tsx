import '../services/page.css'
import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { Answer } from '../../api.ts'
import { count } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { whole } from '../services/bulk-change.ts'

interface NoteProgressProps {
  readonly order: Answer<'GET /api/admin/orders/{orderId}'>
  readonly settled: (told: string) => void
}

/** Where the target stood at the beginning, and what is left to deliver. */
export function NoteProgress({ order, settled }: NoteProgressProps) {
  const { quantity } = order
  const [start, setStart] = useState(order.startCount === undefined ? '' : String(order.startCount))
  const [left, setLeft] = useState(order.remains === undefined ? '' : String(order.remains))
  const note = useChange('POST /api/admin/manual-orders/{orderId}/work', () => settled('Noted: the customer sees it.'))
  const read = { startCount: whole(0)(start), remains: whole(0)(left) }
  const isWrong =
    (start !== '' && read.startCount === undefined) || (left !== '' && !(read.remains !== undefined && read.remains <= quantity))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const { startCount, remains } = read
    if (isWrong) return
    note.mutate({
      path: { orderId: String(order.orderId) },
      body: { did: 'note', ...(startCount === undefined ? {} : { startCount }), ...(remains === undefined ? {} : { remains }) },
    })
  }
  return (
    <form className="stack" onSubmit={submit}>
      {note.error && <FailureNotice failure={note.error} title="Nothing was noted" />}
      <div className="service-pair">
        <TextInput
          label="Count at the start"
          inputMode="numeric"
          autoComplete="off"
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <TextInput
          label={`Still to deliver, of ${count(quantity)}`}
          inputMode="numeric"
          autoComplete="off"
          value={left}
          error={left !== '' && isWrong ? `A whole number, ${count(quantity)} at most.` : undefined}
          onChange={(event) => setLeft(event.currentTarget.value)}
        />
      </div>
      <Button type="submit" variant="default" loading={note.isPending} disabled={isWrong || (start === '' && left === '')}>
        Note it
      </Button>
    </form>
  )
}
