import './code-field.css'
import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'

interface CodeFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (code: string) => void
  /** Six digits are there. */
  readonly onComplete?: (code: string) => void
  readonly error?: ReactNode
  readonly disabled?: boolean
}

/** Six digits from a mail or an app, typed or pasted, however they were spaced. */
export function CodeField({ label, value, onChange, onComplete, error, disabled = false }: CodeFieldProps) {
  return (
    <TextInput
      label={label}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      placeholder="000000"
      data-autofocus
      classNames={{ input: 'code-input' }}
      value={value}
      disabled={disabled}
      error={error}
      onChange={(event) => {
        const code = event.currentTarget.value.replace(/\D/g, '').slice(0, 6)
        onChange(code)
        if (code.length === 6 && code !== value) onComplete?.(code)
      }}
    />
  )
}
