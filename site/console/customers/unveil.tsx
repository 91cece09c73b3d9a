import { Button, NativeSelect } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useState } from 'react'
import type { lookReasons } from '../../../core/privacy/looks.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { Moment } from '../../shared/moment.tsx'
import { useMay } from '../me.ts'
import type { Customer } from './account-card.tsx'

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
  readonly customer: Customer
  readonly changed: () => void
}

/** Says whether one sees who this is, and asks what for before one does. */
export function Unveil({ customer: { customerId, shownUntil }, changed }: UnveilProps) {
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState<Reason | ''>('')
  const show = useChange('POST /api/admin/customers/{customerId}/look', () => {
    changed()
    setAsking(false)
  })
  if (shownUntil !== undefined)
    return (
      <p className="soft small row">
        <IconEye size={16} stroke={1.8} aria-hidden style={{ flex: 'none' }} />
        <span>
          Name, email and addresses are shown to you, and veiled again <Moment at={shownUntil} alone />
        </span>
      </p>
    )
  if (!may('admin.show-customer')) return null
  return (
    <>
      <div>
        <Button variant="default" leftSection={<IconEyeOff size={16} stroke={1.8} aria-hidden />} onClick={() => setAsking(true)}>
          Show who this is
        </Button>
      </div>
      <MemoDialog
        opened={asking}
        title="Show who this is?"
        verb="Show for 30 minutes"
        busy={show.isPending}
        unready={reason === ''}
        failure={show.error ?? undefined}
        close={() => {
          show.reset()
          setAsking(false)
        }}
        go={(memo) => reason !== '' && show.mutate({ path: { customerId }, body: { for: reason, memo } })}
      >
        <div className="stack">
          <p>You will see the name, the email and the addresses. That you asked, and what for, is on record.</p>
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
