import './state-badge.css'
import {
  IconAlertCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleHalf2,
  IconCircleX,
  IconClockPause,
  IconHelpCircle,
  IconPlayerPlay,
  IconSend,
  type TablerIcon,
} from '@tabler/icons-react'
import type { OrderState } from '../../core/orders/states.ts'
import { orderWords } from './order-words.ts'

const icons: Readonly<Record<OrderState, TablerIcon>> = {
  accepted: IconCircleDashed,
  submitting: IconSend,
  pending: IconCircleDashed,
  'in-progress': IconPlayerPlay,
  processing: IconPlayerPlay,
  completed: IconCircleCheck,
  partial: IconCircleHalf2,
  canceled: IconCircleX,
  parked: IconClockPause,
  unknown: IconHelpCircle,
  refused: IconAlertCircle,
}

/** Where an order stands: a word, an icon, and only then a colour. */
export function StateBadge({ state }: { readonly state: OrderState }) {
  const { word, tone } = orderWords[state]
  const Icon = icons[state]
  return (
    <span className="state" data-tone={tone}>
      <Icon size={15} stroke={1.8} aria-hidden />
      {word}
    </span>
  )
}
