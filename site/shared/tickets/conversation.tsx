import './tickets.css'
import { IconPaperclip } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Moment } from '../moment.tsx'

export interface Said {
  readonly at: string
  readonly text: string
  readonly who: ReactNode
  readonly mine: boolean
  /** Where each attached file is read. */
  readonly files?: readonly string[]
  /** For colleagues alone. */
  readonly note?: boolean
}

/** What was written, one after the other; one’s own at the right. */
export function Conversation({ said, label }: { readonly said: readonly Said[]; readonly label: string }) {
  return (
    <ol className="conversation" aria-label={label}>
      {said.map(({ at, text, who, mine, note = false, files = [] }) => (
        <li key={`${at} ${note} ${text.slice(0, 40)}`} className="said" data-mine={mine} data-note={note}>
          <div className="said-head">
            <strong>{who}</strong>
            <Moment at={at} alone start />
          </div>
          <p className="said-text">{text}</p>
          {files.length > 0 && (
            <ul className="order-chips" aria-label="Attached">
              {files.map((address, nth) => (
                <li key={address}>
                  <a className="order-chip" href={address} target="_blank" rel="noreferrer">
                    <IconPaperclip size={15} stroke={1.8} aria-hidden />
                    Attachment {nth + 1}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  )
}
