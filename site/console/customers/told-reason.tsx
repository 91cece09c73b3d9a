import { NativeSelect } from '@mantine/core'
import type { SuspensionReason } from '../../../core/identity/suspension.ts'

const words: Readonly<Record<SuspensionReason, string>> = {
  'forbidden-use': 'Forbidden use',
  fraud: 'Signs of fraud',
  'payment-disputed': 'A disputed payment',
  'taken-over': 'Somebody else got in',
  law: 'A law or a court demands it',
}
const isReason = (text: string): text is SuspensionReason => text in words

interface ToldReasonProps {
  readonly reason: SuspensionReason | undefined
  readonly choose: (reason: SuspensionReason | undefined) => void
}

/** What a suspended customer reads, apart from the reason that is on record for staff alone. */
export const ToldReason = ({ reason, choose }: ToldReasonProps) => (
  <NativeSelect
    label="What the customer is told"
    description="By mail, and where they sign in. Nothing only where a law forbids it."
    data={[{ value: '', label: 'No reason' }, ...Object.entries(words).map(([value, label]) => ({ value, label }))]}
    value={reason ?? ''}
    onChange={(event) => {
      const chosen = event.currentTarget.value
      choose(isReason(chosen) ? chosen : undefined)
    }}
  />
)

/** What follows. */
export const suspending =
  'Nothing can be ordered and no key works. The balance is kept, orders under way go on, and refunds still arrive. The customer can still sign in to write to support, get their data and close the account.'
