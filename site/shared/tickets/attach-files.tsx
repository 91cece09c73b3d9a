import '../icon-button.css'
import '../link-button.css'
import './attach-files.css'
import { FileButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconFile, IconPaperclip, IconX } from '@tabler/icons-react'
import { type Dispatch, type SetStateAction, useState } from 'react'
import { type SlipKind, slipsIn } from '../../../core/privacy/slips.ts'
import { acceptedBy, type UploadDesk, upload, whyNot } from '../upload.ts'
import { SlipNotice } from './text-field.tsx'

/** A file on its way to a message. */
export interface Attached {
  readonly key: string
  readonly name: string
  /** How much of it is sent, from 0 to 1. */
  readonly sent: number
  readonly fileId?: string
  readonly why?: string
  /** What slipped into it that nobody should send. */
  readonly slips?: readonly SlipKind[]
}

const most = 4

export const areChecked = (files: readonly Attached[]): boolean => files.every(({ fileId }) => fileId !== undefined)
export const readyOf = (files: readonly Attached[]): string[] => files.flatMap(({ fileId }) => fileId ?? [])

interface AttachFilesProps {
  readonly desk: UploadDesk
  readonly files: readonly Attached[]
  readonly change: Dispatch<SetStateAction<readonly Attached[]>>
}

/** Pictures and plain text, each checked before the message can be sent. */
export function AttachFiles({ desk, files, change }: AttachFilesProps) {
  const [tooMany, setTooMany] = useState(0)
  const set = (key: string, part: Partial<Attached>): void =>
    change((were) => were.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const add = (chosen: readonly File[]): void => {
    const room = most - files.length
    setTooMany(Math.max(0, chosen.length - room))
    for (const file of chosen.slice(0, room)) {
      const key = crypto.randomUUID()
      change((were) => [...were, { key, name: file.name, sent: 0 }])
      if (file.type === 'text/plain')
        void file.text().then((text) => set(key, { slips: [...new Set(slipsIn(text).map(({ kind }) => kind))] }))
      void upload(desk, file, (sent) => set(key, { sent })).then(
        (fileId) => set(key, { fileId }),
        (error: unknown) => set(key, { why: whyNot(error) }),
      )
    }
  }
  const drop = (key: string): void => {
    setTooMany(0)
    change((were) => were.filter((one) => one.key !== key))
  }
  return (
    <div className="stack-tight">
      {files.length > 0 && (
        <ul className="attached" aria-label="Attached" aria-live="polite">
          {files.map((file) => (
            <AttachedFile key={file.key} file={file} drop={() => drop(file.key)} />
          ))}
        </ul>
      )}
      {tooMany > 0 && (
        <p className="soft small">
          Four files at most: {tooMany} more {tooMany === 1 ? 'was' : 'were'} left out.
        </p>
      )}
      {files.some(({ why }) => why !== undefined) && <p className="soft small">To send, leave out what was not taken.</p>}
      <SlipNotice found={files.flatMap(({ slips }) => slips ?? [])} />
      {files.length < most && (
        <FileButton multiple accept={acceptedBy(desk)} onChange={add}>
          {(props) => (
            <button {...props} type="button" className="link-button row attach-button">
              <IconPaperclip size={16} stroke={1.8} aria-hidden />
              Attach pictures or text
            </button>
          )}
        </FileButton>
      )}
    </div>
  )
}

function AttachedFile({ file: { name, sent, fileId, why }, drop }: { readonly file: Attached; readonly drop: () => void }) {
  const Icon = why !== undefined ? IconAlertTriangle : fileId !== undefined ? IconCheck : IconFile
  return (
    <li className="attached-file" data-ready={fileId !== undefined} data-refused={why !== undefined}>
      <Icon size={16} stroke={1.8} aria-hidden className="attached-icon" />
      <span className="attached-name">
        {name}
        {why !== undefined && <span className="small">Not taken. {why}</span>}
        {why === undefined && fileId === undefined && (
          <span className="soft small">{sent < 1 ? `${Math.floor(sent * 100)} % sent` : 'Being checked…'}</span>
        )}
      </span>
      <button type="button" className="icon-button" aria-label={`Leave ${name} out`} title="Leave out" onClick={drop}>
        <IconX size={16} stroke={1.8} aria-hidden />
      </button>
    </li>
  )
}
