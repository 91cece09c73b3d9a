import './timeline.css'
import type { ReactNode } from 'react'
import { Moment } from './moment.tsx'
import type { StateTone } from './order-words.ts'

/** Something that happened; one whose time nobody wrote down has none. */
export interface Happening {
  readonly key: string
  readonly title: ReactNode
  readonly text?: ReactNode
  readonly at?: string | undefined
  /** How things stand since then. */
  readonly now?: StateTone | undefined
}

/** What happened, the oldest first. */
export function Timeline({ happenings }: { readonly happenings: readonly Happening[] }) {
  return (
    <ol className="timeline">
      {happenings.map(({ key, title, text, at, now }) => (
        <li key={key} data-tone={now ?? 'past'} data-now={now !== undefined}>
          <div className="timeline-head">
            <span className="timeline-title">{title}</span>
            {at && (
              <span className="faint small">
                <Moment at={at} alone />
              </span>
            )}
          </div>
          {text && <div className="soft small">{text}</div>}
        </li>
      ))}
    </ol>
  )
}
