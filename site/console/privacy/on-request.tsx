import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { inWords } from '../../shared/amounts.ts'
import { useChange } from '../../shared/answers.ts'
import { MemoDialog } from '../../shared/memo-dialog.tsx'
import { useCurrency } from '../currency.ts'
import type { Standing } from './their-data.tsx'

interface OnRequestProps {
  readonly customerId: string
  readonly ticketId: number | undefined
  readonly standing: Standing
  readonly done: () => void
  readonly close: () => void
}

const inTicket = (ticketId: number | undefined) => (ticketId === undefined ? {} : { ticketId })

/** Made for the customer, and for nobody else. */
export function MakeArchive({ customerId, ticketId, done, close }: OnRequestProps) {
  const { mutate, isPending, error } = useChange('POST /api/admin/customers/{customerId}/archives', done)
  return (
    <MemoDialog
      opened
      title="Make the archive of their data?"
      verb="Make the archive"
      busy={isPending}
      failure={error ?? undefined}
      close={close}
      go={(memo) => mutate({ path: { customerId }, body: { memo, ...inTicket(ticketId) } })}
    >
      Everything that is held about this customer, made within minutes. A mail tells them; for seven days they alone can fetch it,
      signed in and with their password. You do not get to see it.
    </MemoDialog>
  )
}

const inTheWay: Readonly<Record<Standing['obstacles'][number], string>> = {
  'open-orders': 'orders are under way: cancel them or let them end',
  'money-held': 'money is held: clear it up',
  debt: 'there is a debt',
  'credit-waiting': 'a credit waits to be decided',
}

/** What the customer asked for, as if they had done it. */
export function CloseFor({ customerId, ticketId, standing, done, close }: OnRequestProps) {
  const { balance, obstacles, graceDays } = standing
  const [agreed, setAgreed] = useState(false)
  const { mutate, isPending, error } = useChange('POST /api/admin/customers/{customerId}/closure', done)
  const currency = useCurrency()
  const left = Number(balance) > 0
  return (
    <MemoDialog
      opened
      title="Close their account?"
      verb="Close it"
      grave
      busy={isPending}
      unready={obstacles.length > 0 || (left && !agreed)}
      failure={error ?? undefined}
      close={close}
      go={(memo) => mutate({ path: { customerId }, body: { memo, givesUp: balance, ...inTicket(ticketId) } })}
    >
      <div className="stack">
        <p>
          Only if they ask for it. Sessions and keys end at once, and a mail tells them. For {graceDays} days they can keep it by
          signing in; then it is erased.
        </p>
        {obstacles.length > 0 && <p>Not yet: {obstacles.map((obstacle) => inTheWay[obstacle]).join('; ')}.</p>}
        {left && obstacles.length === 0 && (
          <Checkbox
            label={`They gave up ${inWords(balance)} ${currency}, in so many words`}
            checked={agreed}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
          />
        )}
      </div>
    </MemoDialog>
  )
}
