import { NativeSelect } from '@mantine/core'
import type { SuspensionReason } from '../../../core/identity/suspension.ts'

const words: Readonly<Record<SuspensionReason, string>> = {
  'forbidden-use': 'Forbidden use',
  fraud: 'Signs of fraud',
  'payment-disputed': 'A disputed payment',
  'taken-over': 'Somebody else got in',
  law: 'A law or a court demands it',
}

/** `untold` is a choice as well: not to have chosen is not to have thought of it. */
export type Told = SuspensionReason | 'untold'
const isTold = (text: string): text is Told => text in words || text === 'untold'
export const toldAs = (told: Told | undefined) => (told === undefined || told === 'untold' ? {} : { reason: told })

interface ToldReasonProps {
  readonly told: Told | undefined
  readonly choose: (told: Told | undefined) => void
}

/** What a suspended customer reads, apart from the reason that is on record for staff alone. */
export const ToldReason = ({ told, choose }: ToldReasonProps) => (
  <NativeSelect
    label="What the customer is told"
    description="By mail, and where they sign in."
    data={[
      { value: '', label: 'Choose' },
      ...Object.entries(words).map(([value, label]) => ({ value, label })),
      { value: 'untold', label: 'Nothing: a law forbids to tell it' },
    ]}
    value={told ?? ''}
    onChange={(event) => {
      const chosen = event.currentTarget.value
      choose(isTold(chosen) ? chosen : undefined)
    }}
  />
)

/** What follows. */
export const suspending =
  'Nothing can be ordered and no key works. The balance is kept, orders under way go on, and refunds still arrive. The customer can still sign in to write to support, get their data and close the account.'
