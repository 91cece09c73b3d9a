import './tickets.css'
import type { ReactNode } from 'react'
import { Moment } from '../moment.tsx'

export interface Said {
  readonly at: string
  readonly text: string
  readonly who: ReactNode
  readonly mine: boolean
  /** For colleagues alone. */
  readonly note?: boolean
}

/** What was written, one after the other; one’s own at the right. */
export function Conversation({ said, label }: { readonly said: readonly Said[]; readonly label: string }) {
  return (
    <ol className="conversation" aria-label={label}>
      {said.map(({ at, text, who, mine, note = false }) => (
        <li key={`${at} ${note} ${text.slice(0, 40)}`} className="said" data-mine={mine} data-note={note}>
          <div className="said-head">
            <strong>{who}</strong>
            <Moment at={at} alone start />
          </div>
          <p className="said-text">{text}</p>
        </li>
      ))}
    </ol>
  )
}
