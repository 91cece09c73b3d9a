import { Button, PasswordInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Failure } from '../../failure.ts'
import { useChange } from '../../shared/answers.ts'
import { Dialog } from '../../shared/dialog.tsx'
import { FailureNotice } from '../../shared/failure-notice.tsx'
import { FactorField, ofAppOrRecovery } from './factor-field.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import type { SecondFactorDialog } from './set-up-app.tsx'

export function TurnOff({ email, changed, close }: SecondFactorDialog) {
  const off = useChange('POST /api/me/second-factor/off', () => {
    changed()
    close()
  })
  return (
    <Dialog opened onClose={close} title="Turn the second factor off?">
      <ProveAgain
        email={email}
        codeLabel={ofAppOrRecovery}
        verb="Turn off"
        grave
        busy={off.isPending}
        failure={off.error ?? undefined}
        go={(body) => off.mutate({ body })}
      >
        The password alone signs in then. The recovery codes are worth nothing any more.
      </ProveAgain>
    </Dialog>
  )
}

export function NewRecoveryCodes({ email, changed, close }: SecondFactorDialog) {
  const renew = useChange('POST /api/me/second-factor/codes', changed)
  return (
    <Dialog opened onClose={close} title={renew.data ? 'Keep these codes' : 'New recovery codes'}>
      {renew.data ? (
        <RecoveryCodes codes={renew.data.codes} done={close} />
      ) : (
        <ProveAgain
          email={email}
          codeLabel="Code of the app"
          verb="Make new codes"
          busy={renew.isPending}
          failure={renew.error ?? undefined}
          go={(body) => renew.mutate({ body })}
        >
          Ten new codes take the place of those you have.
        </ProveAgain>
      )}
    </Dialog>
  )
}

interface ProveAgainProps {
  readonly email: string | undefined
  readonly codeLabel: string
  readonly verb: string
  readonly grave?: boolean
  readonly busy: boolean
  readonly failure: Failure | undefined
  readonly go: (proof: { password: string; code: string }) => void
  /** What will follow. */
  readonly children: ReactNode
}

/** The password and a code once more, before what a session that was left open must not do. */
function ProveAgain({ email, codeLabel, verb, grave = false, busy, failure, go, children }: ProveAgainProps) {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const whole = password !== '' && code.trim().length >= 6
  return (
    <form
      noValidate
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (whole) go({ password, code: code.trim() })
      }}
    >
      <p className="soft">{children}</p>
      {failure && <FailureNotice failure={failure} title="Nothing was changed" />}
      <input type="text" autoComplete="username" value={email ?? ''} readOnly hidden />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        data-autofocus
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <FactorField label={codeLabel} value={code} onChange={setCode} />
      <Button type="submit" {...(grave ? { color: 'red' } : {})} loading={busy} disabled={!whole}>
        {verb}
      </Button>
    </form>
  )
}
