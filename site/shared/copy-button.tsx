import './icon-button.css'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'

/** Copies a text; says that it did. */
export function CopyButton({
  text,
  label,
  words = false,
}: {
  readonly text: string
  readonly label: string
  readonly words?: boolean
}) {
  const { copy, copied } = useClipboard({ timeout: 1_600 })
  const Icon = copied ? IconCheck : IconCopy
  return (
    <button
      type="button"
      className="icon-button"
      data-words={words}
      data-done={copied}
      onClick={() => copy(text)}
      aria-label={copied ? 'Copied' : label}
      title={label}
    >
      <Icon size={16} stroke={1.7} aria-hidden />
      {words && <span aria-hidden>{copied ? 'Copied' : 'Copy'}</span>}
      <span className="unseen" role="status">
        {copied ? 'Copied' : ''}
      </span>
    </button>
  )
}
