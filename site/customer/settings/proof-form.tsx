import { Button, PasswordInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Failure } from '../../failure.ts'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { codeOf, FactorField, useSecondFactor } from './factor-field.tsx'

interface ProofFormProps {
  readonly email: string | undefined
  readonly verb: string
  readonly grave?: boolean
  readonly busy: boolean
  readonly unready?: boolean
  readonly failure: Failure | undefined
  readonly go: (proof: { readonly password: string; readonly code?: string }) => void
  readonly children: ReactNode
}

/** The password once more, and a code where a second factor is on. */
export function ProofForm({ email, verb, grave = false, busy, unready = false, failure, go, children }: ProofFormProps) {
  const isGuarded = useSecondFactor()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const whole = !unready && password !== '' && (!isGuarded || code.trim().length >= 6)
  return (
    <form
      noValidate
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (whole) go({ password, ...codeOf(isGuarded, code) })
      }}
    >
      <div className="soft">{children}</div>
      {failure && <FailureNotice failure={failure} title="Nothing was changed" />}
      <input type="text" autoComplete="username" value={email ?? ''} readOnly hidden />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      {isGuarded && <FactorField value={code} onChange={setCode} />}
      <Button type="submit" {...(grave ? { color: 'red' } : {})} loading={busy} disabled={!whole}>
        {verb}
      </Button>
    </form>
  )
}
