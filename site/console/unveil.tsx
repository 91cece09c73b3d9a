import { Button, NativeSelect } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { lookReasons } from '../../core/privacy/looks.ts'
import type { Failure } from '../failure.ts'
import { MemoDialog } from '../shared/memo-dialog.tsx'
import { Moment } from '../shared/moment.tsx'

type Reason = (typeof lookReasons)[number]

const reasonWords: Readonly<Record<Reason, string>> = {
  'request-of-theirs': 'They asked us for something',
  'order-or-payment': 'An order or a payment',
  misuse: 'Misuse of the panel',
  'privacy-request': 'Their privacy request',
  authority: 'A lawful request of an authority',
}
const isReason = (text: string): text is Reason => text in reasonWords

interface UnveilProps {
  readonly shownUntil: string | undefined
  /** What is veiled: “the name and the email”. */
  readonly what: string
  /** What the button says. */
  readonly words?: string
  readonly mayAsk: boolean
  readonly busy: boolean
  readonly failure: Failure | null
  readonly forget: () => void
  /** Asks, and calls `then` when it is shown. */
  readonly ask: (body: { readonly for: Reason; readonly memo: string }, then: () => void) => void
}

/** Says whether one sees who this is, and asks what for before one does (P-SEC-2). */
export function Unveil({ shownUntil, what, words = 'Show who this is', mayAsk, busy, failure, forget, ask }: UnveilProps) {
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState<Reason | ''>('')
  if (shownUntil !== undefined)
    return (
      <p className="soft small row">
        <IconEye size={16} stroke={1.8} aria-hidden style={{ flex: 'none' }} />
        <span>
          You see {what}, veiled again <Moment at={shownUntil} alone />
        </span>
      </p>
    )
  if (!mayAsk) return null
  return (
    <>
      <div>
        <Button variant="default" leftSection={<IconEyeOff size={16} stroke={1.8} aria-hidden />} onClick={() => setAsking(true)}>
          {words}
        </Button>
      </div>
      <MemoDialog
        opened={asking}
        title={`${words}?`}
        verb="Show for 30 min"
        busy={busy}
        unready={reason === ''}
        failure={failure ?? undefined}
        close={() => {
          forget()
          setAsking(false)
        }}
        go={(memo) => reason !== '' && ask({ for: reason, memo }, () => setAsking(false))}
      >
        <div className="stack">
          <p>You will see {what}. That you asked, and what for, is on record.</p>
          <NativeSelect
            label="What for"
            value={reason}
            onChange={({ currentTarget: { value } }) => setReason(isReason(value) ? value : '')}
          >
            <option value="">Choose</option>
            {Object.entries(reasonWords).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </NativeSelect>
        </div>
      </MemoDialog>
    </>
  )
}
