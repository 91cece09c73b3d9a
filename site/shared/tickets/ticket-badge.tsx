import '../state-badge.css'
import { IconCircleCheck, IconClockPause, IconLock, IconMessageCircle, type TablerIcon } from '@tabler/icons-react'
import type { TicketStatus } from '../../../core/tickets/states.ts'
import { statusWords } from './words.ts'

const icons: Readonly<Record<TicketStatus, TablerIcon>> = {
  open: IconMessageCircle,
  answered: IconCircleCheck,
  waiting: IconClockPause,
  closed: IconLock,
}

/** Where a ticket stands: a word, an icon, and only then a colour. */
export function TicketBadge({ status, to }: { readonly status: TicketStatus; readonly to: 'customer' | 'staff' }) {
  const { word, tone } = statusWords[status][to]
  const Icon = icons[status]
  return (
    <span className="state" data-tone={tone}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {word}
    </span>
  )
}
