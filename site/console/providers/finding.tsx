import '../../shared/state-badge.css'
import { IconAlertTriangle, IconCircleCheck, IconHourglass, IconKey, IconPlugConnectedX } from '@tabler/icons-react'
import type { Finding as FindingName } from '../../../core/providers/balance.ts'

const findings = {
  works: { tone: 'good', says: 'Works', Icon: IconCircleCheck },
  'key-refused': { tone: 'bad', says: 'Key refused', Icon: IconKey },
  unreachable: { tone: 'bad', says: 'Unreachable', Icon: IconPlugConnectedX },
  'not-the-protocol': { tone: 'bad', says: 'Does not speak the protocol', Icon: IconAlertTriangle },
  'too-large': { tone: 'warn', says: 'Answer too large', Icon: IconAlertTriangle },
  busy: { tone: 'warn', says: 'Busy with our calls', Icon: IconHourglass },
} as const satisfies Record<FindingName, unknown>

/** What asking a provider showed: a word and an icon. */
export function Finding({ finding }: { readonly finding: FindingName }) {
  const { tone, says, Icon } = findings[finding]
  return (
    <span className="state" data-tone={tone}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {says}
    </span>
  )
}

/** What to do about it. */
export const findingHelp: Readonly<Record<FindingName, string>> = {
  works: 'It takes the key and answers as it should.',
  'key-refused': 'The provider does not know the key. Replace it with the one in the provider’s account.',
  unreachable: 'Nobody answers at its address, or the provider has trouble of its own. Orders wait and are tried again.',
  'not-the-protocol': 'Something answers at its address, but not the reseller protocol. Look at the path of the address.',
  'too-large': 'Its catalogue is larger than 20 MB and cannot be taken over.',
  busy: 'It has as many calls of this panel under way as it may have. Try again in a minute, or let it have more at once.',
}
