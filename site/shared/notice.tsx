import './notice.css'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconProgressHelp, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

export type Tone = 'info' | 'good' | 'warn' | 'bad' | 'unknown'

const icons: Readonly<Record<Tone, TablerIcon>> = {
  info: IconInfoCircle,
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconAlertTriangle,
  unknown: IconProgressHelp,
}

interface NoticeProps {
  readonly tone: Tone
  readonly title: ReactNode
  readonly children?: ReactNode
  readonly actions?: ReactNode
  /** Read out as soon as it appears. */
  readonly live?: boolean
}

/** Something to be told: what happened, what it means for the money, what to do. */
export function Notice({ tone, title, children, actions, live = true }: NoticeProps) {
  const Icon = icons[tone]
  return (
    <div className="notice" data-tone={tone} {...(live ? { role: tone === 'bad' ? 'alert' : 'status' } : {})}>
      <Icon className="notice-icon" size={18} stroke={1.8} aria-hidden />
      <div className="grow">
        <p className="notice-title">{title}</p>
        {children && <div className="notice-text">{children}</div>}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
    </div>
  )
}
