import { TextInput } from '@mantine/core'
import { useAnswer } from '../../shared/answers.ts'

export const ofAppOrRecovery = 'Code of the app, or a recovery code'

interface FactorFieldProps {
  readonly label?: string
  readonly value?: string
  readonly error?: string | undefined
  readonly onChange: (code: string) => void
}

/** Whether a code is asked for beside the password. Not known while it is read: then none is, and the panel refuses. */
export function useSecondFactor(): boolean {
  return useAnswer('GET /api/me/second-factor', {}).data?.on === true
}

export function FactorField({ label = ofAppOrRecovery, value, error, onChange }: FactorFieldProps) {
  return (
    <TextInput
      label={label}
      autoComplete="one-time-code"
      spellCheck={false}
      maxLength={40}
      value={value ?? ''}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}

/** Something that could be a code, where one is asked for. */
export const codeRule = (on: boolean) => (code: string) =>
  on && code.trim().length < 6 ? 'Type the code that the app shows.' : null

/** A code as the panel takes it: none where none is asked for. */
export const codeOf = (on: boolean, code: string): { readonly code?: string } => (on ? { code: code.trim() } : {})
