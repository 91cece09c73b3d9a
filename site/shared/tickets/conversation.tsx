import './tickets.css'
import type { ReactNode } from 'react'
import { Moment } from '../moment.tsx'
import { Attachment, type AttachmentFile } from './attachment.tsx'

export interface Said {
  readonly at: string
  readonly text: string
  readonly who: ReactNode
  readonly mine: boolean
  readonly files?: readonly AttachmentFile[]
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
              {files.map((file, nth) => (
                <li key={file.fileId}>
                  <Attachment name={`Attachment ${nth + 1}`} file={file} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  )
}
