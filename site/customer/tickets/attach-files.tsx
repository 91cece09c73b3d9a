import '../../shared/link-button.css'
import '../../shared/tickets/tickets.css'
import { FileButton } from '@mantine/core'
import { IconCheck, IconPaperclip, IconX } from '@tabler/icons-react'
import { type Dispatch, type SetStateAction, use } from 'react'
import type { FileFault } from '../../../core/files/rules.ts'
import type { Call } from '../../api.ts'
import { failureFrom } from '../../failure.ts'
import { CallContext } from '../../shared/answers.ts'

/** A file on its way to a message. */
export interface Attached {
  readonly key: string
  readonly name: string
  readonly state: 'sending' | 'ready' | 'refused'
  readonly fileId?: string
  readonly why?: string
}

const most = 4
const accepted = 'image/png,image/jpeg,image/webp,image/gif,text/plain'

const faultWords: Readonly<Record<FileFault, string>> = {
  'not-accepted': 'neither a picture nor plain text',
  'not-what-it-says': 'not what its name says',
  'too-large': 'too large',
  'too-many-pixels': 'too many pixels',
  moving: 'it moves',
  damaged: 'it is damaged',
}

export const areChecked = (files: readonly Attached[]): boolean => files.every(({ state }) => state === 'ready')
export const readyOf = (files: readonly Attached[]): string[] => files.flatMap(({ fileId }) => fileId ?? [])

interface AttachFilesProps {
  readonly files: readonly Attached[]
  readonly change: Dispatch<SetStateAction<readonly Attached[]>>
}

/** Pictures and plain text, each checked before the message can be sent. */
export function AttachFiles({ files, change }: AttachFilesProps) {
  const call = use(CallContext)
  const set = (key: string, part: Partial<Attached>): void =>
    change((were) => were.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const add = (chosen: readonly File[]): void => {
    for (const file of chosen.slice(0, most - files.length)) {
      const key = crypto.randomUUID()
      change((were) => [...were, { key, name: file.name, state: 'sending' }])
      void sent(file, call).then(
        (part) => set(key, part),
        (error: unknown) => set(key, { state: 'refused', why: failureFrom(error).message }),
      )
    }
  }
  return (
    <div className="stack-tight">
      {files.length > 0 && (
        <ul className="order-chips" aria-label="Attached">
          {files.map(({ key, name, state, why }) => (
            <li key={key} className="order-chip">
              {state === 'ready' && <IconCheck size={15} stroke={1.8} aria-hidden />}
              <span>
                {name}
                {state === 'sending' && ', being checked…'}
                {state === 'refused' && `, not taken: ${why ?? 'it could not be checked'}`}
              </span>
              <button
                type="button"
                className="bare"
                aria-label={`Leave ${name} out`}
                onClick={() => change((were) => were.filter((one) => one.key !== key))}
              >
                <IconX size={15} stroke={1.8} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      {files.length < most && (
        <FileButton multiple accept={accepted} onChange={add}>
          {(props) => (
            <button {...props} type="button" className="link-button row">
              <IconPaperclip size={16} stroke={1.8} aria-hidden />
              Attach pictures or text
            </button>
          )}
        </FileButton>
      )}
    </div>
  )
}

const patience = 60

/** Announced, posted to where the panel says, and asked after until it is known what became of it. */
async function sent(file: File, call: Call): Promise<Partial<Attached>> {
  const { fileId, url, fields } = await call('POST /api/uploads', {
    body: { purpose: 'attachment', type: file.type, bytes: file.size },
  })
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file)
  const posted = await fetch(url, { method: 'POST', body: form })
  if (!posted.ok) return { state: 'refused', why: 'it did not arrive' }
  for (let tries = 0; tries < patience; tries++) {
    const { state, why } = await call('GET /api/uploads/{fileId}', { path: { fileId } })
    if (state === 'ready') return { state, fileId }
    if (state === 'refused') return { state, ...(why ? { why: faultWords[why] } : {}) }
    await new Promise((wake) => setTimeout(wake, 1_000))
  }
  return { state: 'refused', why: 'checking it took too long' }
}
