import './nothing.css'
import type { TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'

interface NothingProps {
  readonly icon: TablerIcon
  readonly title: string
  /** What will be here. */
  readonly children?: ReactNode
  /** The one thing to do about it. */
  readonly action?: ReactNode
}

/** An empty list says what it will hold. */
export function Nothing({ icon: Icon, title, children, action }: NothingProps) {
  return (
    <div className="nothing">
      <span className="nothing-icon">
        <Icon size={22} stroke={1.6} aria-hidden />
      </span>
      <p className="nothing-title">{title}</p>
      {children && <p className="nothing-text">{children}</p>}
      {action && <div className="nothing-action">{action}</div>}
    </div>
  )
}
